/** Turns of a room that can be taken back by their own steps: the newest ones, until its process ends. */
import type { TurnUndo } from "#lib/document/edit-session.ts";
import type { TurnId } from "#lib/project/ids.ts";

/** Undo by steps pins the text that was deleted. */
const KEPT_UNDOS = 20;

export class KeptUndos {
  private readonly undos = new Map<TurnId, TurnUndo>();

  keep(turnId: TurnId, undo: TurnUndo): void {
    this.undos.set(turnId, undo);
    const [oldest] = this.undos;
    if (this.undos.size <= KEPT_UNDOS || !oldest) return;
    oldest[1].forget();
    this.undos.delete(oldest[0]);
  }

  /** False when its steps are not known any more: a restart, or long ago. */
  undo(turnId: TurnId): boolean {
    const known = this.undos.get(turnId);
    known?.undo();
    known?.forget();
    return this.undos.delete(turnId);
  }
}
