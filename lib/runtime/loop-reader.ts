/**
 * Finds the loops of compiled code: plain JavaScript, without types and JSX. Reads brackets, strings, templates, comments and
 * regular expressions; a loop's word counts only where a statement can stand, so keys and properties of that name do not.
 */
export type LoopPlace = {
  /** Where something can be inserted: behind the "(" of a while's head, or behind the ")" of a for's. */
  position: number;
  isHead: boolean;
};

type Frame = {
  opener: "(" | "[" | "{" | "${";
  /** Statements can stand directly in it: not an object, not the body of a class. */
  isBlock: boolean;
  /** The word before a "(". */
  head: string;
  /** Ternaries whose ":" has not come. */
  questions: number;
  /** The next "{" is the body of a class. */
  isClassAhead: boolean;
};

/** What cannot be read (a string without end, brackets that do not match) has no loops. */
export function loopsOf(code: string): LoopPlace[] {
  const reader = new LoopReader(code);
  return reader.read() ? reader.loops : [];
}

type WordKind = "before-expression" | "before-statement" | "head" | "class";

const WORDS = new Map<string, WordKind>([
  ...kindOf(
    "before-expression",
    "await case delete extends in instanceof new of return throw typeof void yield",
  ),
  ...kindOf("before-statement", "do else finally try"),
  ...kindOf("head", "for if while with"),
  ...kindOf("class", "class"),
]);
const VALUE = "value";
const LONGEST_WORD = "instanceof".length;

class LoopReader {
  readonly loops: LoopPlace[] = [];
  private readonly code: string;
  private position = 0;
  private readonly stack: Frame[] = [];
  private frame: Frame = frameOf("{", true, "");
  /** The last word that matters, the last character of other code, or "value". */
  private previous = "";
  /** For a ")" whose "(" followed `if`, and for the "}" of a block: a statement follows. */
  private closedStatement = false;

  constructor(code: string) {
    this.code = code;
  }

  read(): boolean {
    while (this.position < this.code.length) if (!this.readToken()) return false;
    return this.stack.length === 0;
  }

  private readToken(): boolean {
    const { code, position } = this;
    const unit = code.charCodeAt(position);
    if (unit <= 32) this.position++;
    else if (isWordUnit(unit)) this.readWord(unit);
    else return this.readMark(code.charAt(position));
    return true;
  }

  private readWord(first: number): void {
    const { code } = this;
    const start = this.position;
    const isNumber = first >= 48 && first <= 57;
    let end = start + 1;
    while (end < code.length) {
      const unit = code.charCodeAt(end);
      if (!isWordUnit(unit) && !(isNumber && unit === 46)) break;
      end++;
    }
    this.position = end;
    const isName = this.previous === "." || end - start > LONGEST_WORD || first < 97 || first > 122;
    if (isName) this.previous = VALUE;
    else this.noteWord(code.slice(start, end));
  }

  private noteWord(word: string): void {
    // `for await (` has the head of a `for`.
    if (word === "await" && this.previous === "for") return;
    if (word === "class") this.frame.isClassAhead = true;
    this.previous = WORDS.has(word) ? word : VALUE;
  }

  private readMark(mark: string): boolean {
    if (mark === '"' || mark === "'") return this.readString(mark);
    if (mark === "/") return this.readSlash();
    this.position++;
    if (mark === "`") return this.readTemplate();
    if (mark === "(" || mark === "[" || mark === "{") this.open(mark);
    else if (mark === ")" || mark === "]" || mark === "}") return this.close(mark);
    else this.notePunctuation(mark);
    return true;
  }

  private notePunctuation(mark: string): void {
    const { code, position, frame } = this;
    const next = code.charAt(position);
    if (mark === "?" && next === "?") this.position++;
    else if (mark === "?" && !(next === "." && !/\d/.test(code.charAt(position + 1)))) frame.questions++;
    if (mark === "." && code.startsWith("..", position)) {
      this.position += 2;
      this.previous = "...";
    } else if (mark === ":") this.previous = this.closesTernary() ? ":" : frame.isBlock ? ";" : ":";
    else if ((mark === "+" || mark === "-") && next === mark) {
      this.position++;
      // Behind a value it is part of it.
      if (this.beginsExpression()) this.previous = mark;
    } else if (mark === "=" && next === ">") {
      this.position++;
      this.previous = "=>";
    } else this.previous = mark === "#" ? "." : mark;
    if (mark === ";") frame.questions = 0;
    if (mark !== ".") frame.isClassAhead = false;
  }

  private closesTernary(): boolean {
    if (this.frame.questions === 0) return false;
    this.frame.questions--;
    return true;
  }

  private open(opener: "(" | "[" | "{" | "${"): void {
    const { previous, frame } = this;
    const head = opener === "(" && WORDS.get(previous) === "head" ? previous : "";
    if (head === "while" && frame.isBlock) this.loops.push({ position: this.position, isHead: true });
    // A method of that name; a class has its name or body next.
    if (opener === "(" && previous === "class") frame.isClassAhead = false;
    const isBlock = opener === "{" && !frame.isClassAhead && this.beginsBlock();
    if (opener === "{") frame.isClassAhead = false;
    this.stack.push(frame);
    this.frame = frameOf(opener, isBlock, head);
    this.previous = isBlock ? ";" : "(";
  }

  private close(mark: string): boolean {
    const { opener, head, isBlock } = this.frame;
    const outer = this.stack.pop();
    if (!outer || CLOSERS[opener] !== mark) return false;
    this.frame = outer;
    this.previous = mark;
    this.closedStatement = isBlock || head !== "";
    if (head === "for" && outer.isBlock) this.loops.push({ position: this.position, isHead: false });
    return opener !== "${" || this.readTemplate();
  }

  private beginsBlock(): boolean {
    const { previous } = this;
    if (previous === "=>" || previous === ")" || WORDS.get(previous) === "before-statement") return true;
    return previous === "}" || !this.beginsExpression() || previous === ";" || previous === "";
  }

  private beginsExpression(): boolean {
    const { previous } = this;
    if (previous === ")" || previous === "}") return this.closedStatement;
    return previous !== VALUE && previous !== "]" && previous !== "class";
  }

  private readString(quote: string): boolean {
    const { code } = this;
    const closing = quote.charCodeAt(0);
    let end = this.position + 1;
    for (; end < code.length; end++) {
      const unit = code.charCodeAt(end);
      if (unit === closing) break;
      if (unit === 92) end++;
      else if (unit === 10) return false;
    }
    this.position = end + 1;
    this.previous = VALUE;
    return end < code.length;
  }

  /** From behind the "`" or the "}" of a part, to the next part or the end. */
  private readTemplate(): boolean {
    const { code } = this;
    for (; this.position < code.length; this.position++) {
      const unit = code.charCodeAt(this.position);
      if (unit === 92) this.position++;
      else if (unit === 96) {
        this.position++;
        this.previous = VALUE;
        return true;
      } else if (unit === 36 && code.charCodeAt(this.position + 1) === 123) {
        this.position += 2;
        this.open("${");
        return true;
      }
    }
    return false;
  }

  private readSlash(): boolean {
    const { code, position } = this;
    const next = code.charAt(position + 1);
    if (next === "/" || next === "*") return this.skipComment(next === "/" ? "\n" : "*/");
    if (this.beginsExpression()) return this.readRegex();
    this.position++;
    this.previous = "/";
    return true;
  }

  private skipComment(ending: string): boolean {
    const end = this.code.indexOf(ending, this.position + 2);
    this.position = end < 0 ? this.code.length : end + ending.length;
    return end >= 0 || ending === "\n";
  }

  private readRegex(): boolean {
    const { code } = this;
    let isInClass = false;
    let end = this.position + 1;
    for (; end < code.length; end++) {
      const unit = code.charCodeAt(end);
      if (unit === 10) return false;
      if (unit === 92) end++;
      else if (unit === 91) isInClass = true;
      else if (unit === 93) isInClass = false;
      else if (unit === 47 && !isInClass) break;
    }
    this.position = end + 1;
    while (isWordUnit(code.charCodeAt(this.position))) this.position++;
    this.previous = VALUE;
    return end < code.length;
  }
}

const CLOSERS = { "(": ")", "[": "]", "{": "}", "${": "}" };

function frameOf(opener: Frame["opener"], isBlock: boolean, head: string): Frame {
  return { opener, isBlock, head, questions: 0, isClassAhead: false };
}

function kindOf(kind: WordKind, words: string): [string, WordKind][] {
  return words.split(" ").map((word) => [word, kind]);
}

/** Letters, digits, "$", "_", "\\"; everything beyond ASCII counts as a letter. A table: most of a file is words. */
const WORD_UNITS = Uint8Array.from({ length: 128 }, (_, unit) =>
  /[\w$\\]/.test(String.fromCharCode(unit)) ? 1 : 0,
);

function isWordUnit(unit: number): boolean {
  return unit > 127 || WORD_UNITS[unit] === 1;
}
