/** A whole file in a fence. The fence that opened it, same character and at least its length, closes it: that is its measure. */
import type { Block, BlockContext, Verdict } from "./block.ts";
import { type Fence, readFence } from "./fence.ts";
import { FileRewrite } from "./file-rewrite.ts";
import type { Edit, StopReason } from "./types.ts";

export class WholeFile implements Block {
  private readonly fence: Fence;
  private readonly file: FileRewrite;
  /** Fences opened inside, as in a README: their closers are not ours. */
  private nested = 0;

  constructor(context: BlockContext, fence: Fence, { path, isSaid }: { path: string; isSaid: boolean }) {
    this.fence = fence;
    this.file = new FileRewrite(context, path, isSaid);
  }

  *open(): Generator<Edit, Verdict, undefined> {
    yield* this.file.open();
    return "more";
  }

  *line(line: string): Generator<Edit, Verdict, undefined> {
    if (this.closes(line)) {
      yield* this.file.close();
      return "done";
    }
    yield* this.file.line(line);
    return "more";
  }

  *partial(more: string): Generator<Edit, void, undefined> {
    yield* this.file.partial(more);
  }

  *end(_stop: StopReason): Generator<Edit, void, undefined> {
    yield* this.file.giveUp("truncated");
  }

  private closes(line: string): boolean {
    const fence = readFence(line);
    if (!fence || fence.character !== this.fence.character || fence.length < this.fence.length) return false;
    if (fence.info !== "") {
      if (this.file.path?.endsWith(".md")) this.nested++;
      return false;
    }
    if (this.nested > 0) {
      this.nested--;
      return false;
    }
    return true;
  }
}
