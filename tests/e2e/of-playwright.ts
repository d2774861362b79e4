/** Playwright's own, about a frame that died while it still spoke of it (a hanging page makes one die): no test's and no bench's. */
export function isOfPlaywright({ message, stack = "" }: { message: string; stack?: string }): boolean {
  return message === "Frame has been detached." && /CRPage\._sessionForFrame/.test(stack);
}
