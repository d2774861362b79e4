/**
 * Follows the structure of source text while it arrives: which brackets, tags, strings and comments are open, and where the
 * text could be cut without harm. O(1) per character; any split of the text gives the same state. It is a heuristic reader,
 * not a parser: the gate and the block's end carry what it cannot see (edits.md §5, preview.md §6).
 */
import type { Language } from "./language.ts";

/** `jsx` is a `{…}` among attributes or children, `tag` the inside of an opening tag, `element` its children. */
export type FrameKind = "top" | "(" | "[" | "{" | "`" | "${" | "jsx" | "tag" | "element";

/** An open frame; the stack is a linked list, so that a state is copied by one reference. */
export type OpenFrame = {
  readonly kind: FrameKind;
  readonly name: string;
  /** Ternaries whose ":" has not come. */
  readonly questions: number;
  /** For "{": an object literal, not a block. */
  readonly object: boolean;
  readonly parent: OpenFrame | null;
  readonly depth: number;
};

export type SafePointKind =
  | "tag-name"
  | "attribute"
  | "open"
  | "close"
  | "child"
  | "text"
  | "statement"
  | "element"
  | "start";

export type SafePoint = {
  /** Characters fed before it. */
  position: number;
  kind: SafePointKind;
  frame: OpenFrame;
  /** What a cut inside a string needs before the closers. */
  quote: string;
};

type Lexical =
  | "code"
  | "string"
  | "line-comment"
  | "block-comment"
  | "regex"
  | "tag-name"
  | "close-tag"
  | "attribute-string";

const TOP: OpenFrame = { kind: "top", name: "", questions: 0, object: false, parent: null, depth: 0 };
const MAX_SAFE_POINTS = 24;
/** Words after which an expression begins, so that "<" opens a tag and "/" a regular expression. */
const EXPRESSION_FOLLOWS =
  /^(?:return|case|default|typeof|in|of|void|delete|await|yield|new|else|do|extends|instanceof|export)$/;
const CLOSER: Record<FrameKind, (frame: OpenFrame) => string> = {
  top: () => "",
  "(": () => ")",
  "[": () => "]",
  "{": () => "}",
  "`": () => "`",
  "${": () => "}",
  jsx: () => "}",
  tag: () => " />",
  element: (frame) => `</${frame.name}>`,
};

/** What must follow a cut so that every frame above `depth` is closed; open ternaries get a `: null` first. */
export function closersOf(frame: OpenFrame, depth = 0): string {
  let closers = "";
  for (let open: OpenFrame | null = frame; open && open.depth > depth; open = open.parent) {
    closers += " : null".repeat(open.questions) + CLOSER[open.kind](open);
  }
  return closers;
}

/** What is told of tags while they are read; positions are characters fed before. */
export type TagListener = {
  /** A "<" that begins an opening tag. */
  begin(start: number): void;
  /** It was no tag, but a list of type parameters. */
  drop(): void;
  /** Its name and attributes are read, its children begin. */
  children(at: number): void;
  /** The "<" of the closing tag. */
  closing(at: number): void;
  end(at: number): void;
};

export class Scanner {
  private readonly language: Language;
  private readonly tags: TagListener | null;
  private frame: OpenFrame = TOP;
  private lexical: Lexical = "code";
  private quote = "";
  private escaped = false;
  private inClass = false;
  private starred = false;
  private word = "";
  private lastWord = "";
  private name = "";
  /** An expression may begin here. */
  private expects = true;
  private previous = "";
  /** One character whose meaning depends on the next. */
  private held = "";
  private position = 0;
  private broken = false;
  private crossed = false;
  private points: SafePoint[] = [];

  constructor(language: Language, tags: TagListener | null = null) {
    this.language = language;
    this.tags = tags;
  }

  feed(text: string): void {
    if (this.language === "text") {
      this.position += text.length;
      return;
    }
    const input = this.held + text;
    this.held = "";
    for (let index = 0; index < input.length; index++) {
      const character = input[index] as string;
      const next = input[index + 1];
      if (next === undefined && this.needsNext(character)) {
        this.held = character;
        return;
      }
      const taken = this.step(character, next ?? "");
      index += taken - 1;
      this.position += taken;
    }
  }

  /** Equal signatures: the text around one place may follow the other. */
  signature(): string {
    let signature = `${this.lexical === "code" ? "" : this.lexical + this.quote}${this.held}|`;
    for (let open: OpenFrame | null = this.frame; open; open = open.parent)
      signature += `${open.kind}${open.name} `;
    return signature;
  }

  depth(): number {
    return this.frame.depth;
  }

  /** Nothing is open: no bracket, tag, string or comment. */
  balanced(): boolean {
    const atRest = this.lexical === "code" || this.lexical === "line-comment";
    return atRest && this.frame === TOP && !this.broken;
  }

  /** A closer came for something that was not open. */
  isBroken(): boolean {
    return this.broken;
  }

  /** A tag was closed by the closer of another. */
  hasCrossedTags(): boolean {
    return this.crossed;
  }

  /** Characters consumed; at most one less than fed. */
  at(): number {
    return this.position;
  }

  clone(): Scanner {
    const copy = new Scanner(this.language);
    Object.assign(copy, this);
    copy.points = this.points.slice();
    return copy;
  }

  /** Begin to record safe points here: those before belong to other text. */
  forgetSafePoints(): void {
    this.points = [{ position: this.position, kind: "start", frame: this.frame, quote: "" }];
  }

  /** The last places where the text could be cut, newest first, with the present end when it is one. */
  safePoints(): SafePoint[] {
    const points = this.points.slice().reverse();
    const here = { position: this.position, frame: this.frame };
    if (this.lexical === "attribute-string")
      points.unshift({ ...here, kind: "attribute", quote: this.quote });
    else if (this.lexical === "string" && this.frame.kind === "[")
      points.unshift({ ...here, kind: "element", quote: this.quote });
    else if (this.lexical === "code" && this.frame.kind === "element" && this.held === "") {
      points.unshift({ ...here, kind: "text", quote: "" });
    }
    return points;
  }

  private needsNext(character: string): boolean {
    if (this.lexical === "tag-name") return character === "/";
    if (this.lexical !== "code") return false;
    if (this.frame.kind === "`") return character === "$";
    if (this.frame.kind === "element") return character === "<";
    return (
      character === "/" ||
      character === "<" ||
      character === "?" ||
      character === "=" ||
      character === "+" ||
      character === "-"
    );
  }

  /** Consumes one or two characters and says how many. */
  private step(character: string, next: string): number {
    switch (this.lexical) {
      case "code":
        return this.stepCode(character, next);
      case "string":
      case "attribute-string":
        return this.stepString(character);
      case "line-comment":
        if (character === "\n") this.lexical = "code";
        return 1;
      case "block-comment":
        if (this.starred && character === "/") this.lexical = "code";
        this.starred = character === "*";
        return 1;
      case "regex":
        return this.stepRegex(character);
      case "tag-name":
        return this.stepTagName(character, next);
      case "close-tag":
        return this.stepCloseTag(character);
      default:
        return this.lexical satisfies never;
    }
  }

  private stepCode(character: string, next: string): number {
    if (this.frame.kind === "`") return this.stepTemplate(character, next);
    if (this.frame.kind === "element") return this.stepChildren(character, next);
    if (this.frame.kind === "tag") return this.stepTag(character, next);
    if (isWordPart(character)) {
      this.word += character;
      this.expects = false;
      this.previous = character;
      return 1;
    }
    this.endWord();
    if (character <= " ") return 1;
    const taken = this.stepPunctuation(character, next);
    this.previous = character;
    return taken;
  }

  private endWord(): void {
    if (this.word === "") return;
    this.lastWord = this.word;
    this.expects = EXPRESSION_FOLLOWS.test(this.word);
    this.word = "";
  }

  private stepPunctuation(character: string, next: string): number {
    if (character === "/" && (next === "*" || (next === "/" && this.language !== "css")))
      return this.beginComment(next);
    if (character === '"' || (character === "'" && this.language !== "json"))
      return this.beginString(character, "string");
    if (this.language === "css") return this.stepBracket(character);
    if (character === "`") return this.open("`");
    if (character === "/" && this.expects) return this.beginRegex();
    if (character === "<" && this.language === "tsx" && this.expects && (isNameStart(next) || next === ">"))
      return this.beginTag();
    if (character === "?") return this.stepQuestion(next);
    if (character === "=" && next === ">") {
      this.expects = true;
      this.lastWord = "=>";
      return 2;
    }
    if ((character === "+" || character === "-") && character === next) return 2;
    return this.stepBracket(character);
  }

  private stepBracket(character: string): number {
    if (character === "(" || character === "[") return this.open(character);
    if (character === "{") return this.openBrace();
    if (character === ")" || character === "]" || character === "}") return this.close(character);
    if (character === ";") this.endStatement();
    else if (character === ",") this.endElement();
    else if (character === ":" && this.frame.questions > 0) this.setQuestions(this.frame.questions - 1);
    this.expects = character !== ".";
    this.lastWord = "";
    return 1;
  }

  private open(kind: FrameKind, name = "", object = false): number {
    this.frame = { kind, name, questions: 0, object, parent: this.frame, depth: this.frame.depth + 1 };
    this.expects = true;
    this.lastWord = "";
    return kind === "${" ? 2 : 1;
  }

  private openBrace(): number {
    const object =
      this.lastWord === "return" || (this.lastWord !== "=>" && "=:(,[?".includes(this.previous || ";"));
    this.open("{", "", object);
    if (!object) this.mark("statement", 1);
    return 1;
  }

  private close(character: string): number {
    const { kind, object, parent } = this.frame;
    const opener = character === ")" ? "(" : character === "]" ? "[" : "{";
    const fits = kind === opener || (character === "}" && (kind === "jsx" || kind === "${"));
    if (!fits || !parent) {
      this.broken = true;
      return 1;
    }
    this.frame = parent;
    this.expects = kind === "{" && !object;
    this.lastWord = "";
    if (kind === "jsx") this.mark(parent.kind === "tag" ? "attribute" : "child", 1);
    else if (kind === "{" && !object) this.mark("statement", 1);
    return 1;
  }

  private endStatement(): void {
    this.setQuestions(0);
    this.mark("statement", 1);
  }

  private endElement(): void {
    if (this.frame.kind === "[" || (this.frame.kind === "{" && this.frame.object)) this.mark("element", 0);
    this.setQuestions(0);
  }

  private setQuestions(questions: number): void {
    if (this.frame.questions !== questions) this.frame = { ...this.frame, questions };
  }

  private stepQuestion(next: string): number {
    this.expects = true;
    this.lastWord = "";
    if (next === "." || next === "?") return 2;
    // "?" before ":", ")" or "," is TypeScript's optional mark, no ternary.
    if (next !== ":" && next !== ")" && next !== ",") this.setQuestions(this.frame.questions + 1);
    return 1;
  }

  private beginComment(next: string): number {
    this.lexical = next === "/" ? "line-comment" : "block-comment";
    this.starred = false;
    return 2;
  }

  private beginString(quote: string, lexical: "string" | "attribute-string"): number {
    this.lexical = lexical;
    this.quote = quote;
    this.escaped = false;
    return 1;
  }

  private stepString(character: string): number {
    const inAttribute = this.lexical === "attribute-string";
    if (this.escaped) this.escaped = false;
    else if (character === "\\" && !inAttribute) this.escaped = true;
    else if (character === this.quote || (character === "\n" && !inAttribute)) {
      this.lexical = "code";
      this.quote = "";
      this.expects = false;
      this.lastWord = "";
      if (inAttribute) this.mark("attribute", 1);
    }
    return 1;
  }

  private beginRegex(): number {
    this.lexical = "regex";
    this.escaped = false;
    this.inClass = false;
    return 1;
  }

  private stepRegex(character: string): number {
    if (this.escaped) this.escaped = false;
    else if (character === "\\") this.escaped = true;
    else if (character === "[") this.inClass = true;
    else if (character === "]") this.inClass = false;
    else if (character === "\n" || (character === "/" && !this.inClass)) {
      this.lexical = "code";
      this.expects = false;
      this.lastWord = "";
    }
    return 1;
  }

  private stepTemplate(character: string, next: string): number {
    if (this.escaped) this.escaped = false;
    else if (character === "\\") this.escaped = true;
    else if (character === "`") {
      this.frame = this.frame.parent ?? TOP;
      this.expects = false;
      this.lastWord = "";
    } else if (character === "$" && next === "{") return this.open("${");
    return 1;
  }

  private beginTag(): number {
    this.lexical = "tag-name";
    this.name = "";
    this.tags?.begin(this.position);
    return 1;
  }

  private stepTagName(character: string, next: string): number {
    if (isWordPart(character) || character === "." || character === "-" || character === ":") {
      this.name += character;
      return 1;
    }
    this.lexical = "code";
    this.open("tag", this.name);
    if (this.name !== "") this.mark("tag-name", 0);
    return this.stepTag(character, next);
  }

  private stepTag(character: string, next: string): number {
    if (isWordPart(character) || character === "-") this.word += character;
    else {
      // `<T,>` and `<T extends X>` are type parameters: this was no tag.
      const isGeneric = character === "," || this.word === "extends";
      this.word = "";
      if (isGeneric) return this.leaveTag(true);
      if (character === "/" && next === ">") return this.leaveTag(false);
      if (character === ">") return this.enterChildren();
      if (character === '"' || character === "'") return this.beginString(character, "attribute-string");
      if (character === "{") return this.open("jsx");
    }
    return 1;
  }

  private leaveTag(generic: boolean): number {
    this.frame = this.frame.parent ?? TOP;
    this.expects = generic;
    this.lastWord = "";
    if (!generic) this.mark("close", 2);
    if (generic) this.tags?.drop();
    else this.tags?.end(this.position + 2);
    return generic ? 1 : 2;
  }

  private enterChildren(): number {
    this.frame = { ...this.frame, kind: "element" };
    this.mark("open", 1);
    this.tags?.children(this.position + 1);
    return 1;
  }

  private stepChildren(character: string, next: string): number {
    if (character === "{") {
      this.mark("text", 0);
      return this.open("jsx");
    }
    if (character !== "<") return 1;
    this.mark("text", 0);
    if (next !== "/") return this.beginTag();
    this.lexical = "close-tag";
    this.name = "";
    this.tags?.closing(this.position);
    return 2;
  }

  private stepCloseTag(character: string): number {
    if (character !== ">") {
      this.name += character;
      return 1;
    }
    this.lexical = "code";
    if (this.name.trim() !== this.frame.name) {
      // After another mistake the frames say nothing about tags.
      this.crossed ||= !this.broken;
      this.broken = true;
    }
    this.frame = this.frame.parent ?? TOP;
    this.expects = false;
    this.lastWord = "";
    this.mark("close", 1);
    this.tags?.end(this.position + 1);
    return 1;
  }

  /** A cut is safe `ahead` characters from the one being read. */
  private mark(kind: SafePointKind, ahead: number): void {
    this.points.push({ position: this.position + ahead, kind, frame: this.frame, quote: "" });
    if (this.points.length > MAX_SAFE_POINTS) this.points.shift();
  }
}

export function createScanner(language: Language, tags: TagListener | null = null): Scanner {
  return new Scanner(language, tags);
}

function isNameStart(character: string): boolean {
  return (
    (character >= "a" && character <= "z") ||
    (character >= "A" && character <= "Z") ||
    character === "_" ||
    character === "$" ||
    character > "\x7f"
  );
}

function isWordPart(character: string): boolean {
  return isNameStart(character) || (character >= "0" && character <= "9");
}
