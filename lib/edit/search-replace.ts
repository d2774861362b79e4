/** SEARCH/REPLACE blocks in all their marker variants, path inside or outside, fenced or not (edits.md §2, §7). */
import type { Block, BlockContext, Format, Verdict } from "./block.ts";
import { Replacement } from "./replacement.ts";
import type { Edit, Reason, StopReason } from "./types.ts";

const HEAD = /^\s*(?:<{5,9}|-{5,9}) ?SEARCH>?\s*$/;
const DIVIDER = /^\s*={5,9}\s*$/;
const TAIL = /^\s*(?:>{5,9}|\+{5,9}) ?REPLACE>?\s*$/;
/** Meant as a head, but broken: "<<<<<< SEARC", "<<<<<<<SERCH". */
const ALMOST_HEAD = /^\s*<{4,10}\s*S[A-Z]{2,6}>?\s*$/;
const ESCAPED = /^(\s*)\\([<>=+-]{5,9})/;
const LINE_HINT = /^:start_line:\s*(\d+)\s*$/;
const NOISE = /^(?::end_line:.*|-{7}\s*)$/;

export const searchReplace: Format = {
  opens: ({ line }) => line.length < 60 && (HEAD.test(line) || ALMOST_HEAD.test(line)),
  create: (context, { path, line }) => new SearchReplace(context, path, line),
  wantsPath: true,
};

class SearchReplace implements Block {
  returned: readonly string[] = [];
  private readonly context: BlockContext;
  private readonly replacement: Replacement;
  private hasSearch = false;
  private replacing = false;
  /** Behind a second "=======": content if the real end follows, else it belongs to what comes next. */
  private undecided: string[] | null = null;

  constructor(context: BlockContext, rawPath: string | null, head: string) {
    this.context = context;
    this.replacement = new Replacement(context, rawPath);
    if (!HEAD.test(head)) this.replacement.refuse("malformed-marker");
  }

  *line(line: string): Generator<Edit, Verdict, undefined> {
    if (!this.replacing) return yield* this.searchLine(line);
    if (this.undecided) return yield* this.undecidedLine(line, this.undecided);
    if (isMarker(line, TAIL)) return yield* this.close();
    if (isMarker(line, HEAD)) return yield* this.giveUp("malformed-marker");
    if (isMarker(line, DIVIDER)) this.undecided = [line];
    else yield* this.replacement.line(line.replace(ESCAPED, "$1$2"));
    return "more";
  }

  *partial(more: string): Generator<Edit, void, undefined> {
    if (this.replacing && !this.undecided) yield* this.replacement.partial(more);
  }

  /** Only the last marker missing in an answer that ended by itself is accepted, if the file then parses (row 4). */
  *end(stop: StopReason): Generator<Edit, void, undefined> {
    if (!this.replacing || stop !== "stop" || !this.replacement.isPlaced()) {
      yield* this.giveUp("truncated");
      return;
    }
    if (this.undecided) yield* this.endAtDivider(this.undecided);
    else {
      this.context.warnings.push(`the last marker of a block in ${this.replacement.name()} was missing`);
      yield* this.close();
    }
  }

  private *searchLine(line: string): Generator<Edit, Verdict, undefined> {
    if (isMarker(line, TAIL)) return yield* this.giveUp("malformed-marker");
    const hint = LINE_HINT.exec(line);
    if (isMarker(line, DIVIDER)) {
      this.replacing = true;
      yield* this.replacement.begin();
    } else if (hint) this.replacement.lineHint = Number(hint[1]);
    else if (this.hasSearch || !NOISE.test(line)) {
      this.hasSearch = true;
      yield* this.replacement.searchLine(line.replace(ESCAPED, "$1$2"));
    }
    return "more";
  }

  private *undecidedLine(line: string, undecided: string[]): Generator<Edit, Verdict, undefined> {
    if (isMarker(line, TAIL)) {
      for (const each of undecided) yield* this.replacement.line(each.replace(ESCAPED, "$1$2"));
      return yield* this.close();
    }
    undecided.push(line);
    return isMarker(line, HEAD) ? yield* this.endAtDivider(undecided) : "more";
  }

  private *endAtDivider([, ...behind]: string[]): Generator<Edit, Verdict, undefined> {
    this.context.warnings.push(`a second ======= ended a block in ${this.replacement.name()}`);
    this.returned = behind;
    return yield* this.close();
  }

  private *close(): Generator<Edit, Verdict, undefined> {
    yield* this.replacement.close();
    return "done";
  }

  private *giveUp(reason: Reason): Generator<Edit, Verdict, undefined> {
    yield* this.replacement.giveUp(reason);
    return "done";
  }
}

function isMarker(line: string, marker: RegExp): boolean {
  return line.length < 60 && marker.test(line);
}
