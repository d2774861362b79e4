/** `Storage` over an engine: each promise of the contract, the query behind it, and how patient it may be. */

import { createCheckpoint, deleteCheckpoint, listCheckpoints, renameCheckpoint } from "./checkpoints.ts";
import { commitOwner, commitParent, commitProject, readCommit, writeCommit } from "./commits.ts";
import { compact, loadDocument, logSize, sharedLog } from "./documents.ts";
import type { Engine } from "./engine.ts";
import { attempt, type Patience } from "./failure.ts";
import { cutAbandonedTurns, holdLease, leaseOwner, releaseLease, renewLeases } from "./leases.ts";
import { ownLog } from "./own-log.ts";
import {
  createProject,
  deleteProject,
  getPlan,
  getProject,
  hideProject,
  listHidden,
  listProjects,
  networkHosts,
  projectOwner,
  renameProject,
  setNetwork,
  setPlan,
} from "./projects.ts";
import { changeShare, createShare, getShare, listShares, revokeShare } from "./shares.ts";
import { sweep } from "./sweep.ts";
import { endTurn, listTurns, listUsed, readTurnOutput, startTurn } from "./turns.ts";
import type { Storage } from "./types.ts";
import { addVariants, changeVariant, getVariant, listVariants, reorderVariants } from "./variants.ts";

// A row with a new id cannot be inserted twice, so a connection lost during its commit is told, not repeated.
const once: Patience = { forMs: 2_000, repeatable: false };
const again: Patience = { forMs: 2_000, repeatable: true };
// Edits wait out a database restart (safety.md §8.3). Appended twice, an update changes nothing in Yjs.
const patient: Patience = { forMs: 30_000, repeatable: true };

export function databaseStorage(engine: Engine): Storage {
  const { db } = engine;
  const log = engine.name === "pglite" ? ownLog(db) : sharedLog(db);
  const read = <Value>(what: string, work: () => Promise<Value>) =>
    attempt(`Could not read ${what}`, work, again);
  const change = <Value>(what: string, work: () => Promise<Value>, patience: Patience) =>
    attempt(what, () => engine.assertWritable().then(work), patience);
  const write = <Value>(what: string, work: () => Promise<Value>, patience = again) =>
    change(`Could not save ${what}`, work, patience);
  return {
    engine: engine.name,
    createProject: (project, commits, made) =>
      write("the new project", () => createProject(db, project, [commits].flat(), made), once),
    getProject: (id) => read("the project", () => getProject(db, id)),
    listProjects: (ownerId, limit) => read("the projects", () => listProjects(db, ownerId, limit)),
    renameProject: (id, title) => write("the title", () => renameProject(db, id, title)),
    setNetwork: (id, network) => write("the allowed hosts", () => setNetwork(db, id, network)),
    networkHosts: (token) => read("the allowed hosts", () => networkHosts(db, token)),
    setPlan: (id, plan) => write("the plan", () => setPlan(db, id, plan)),
    getPlan: (id) => read("the plan", () => getPlan(db, id)),
    listHidden: (ownerId, limit) => read("the projects", () => listHidden(db, ownerId, limit)),
    hideProject: (id, at) => write("that it was deleted", () => hideProject(db, id, at)),
    projectOwner: (id) => read("the project", () => projectOwner(db, id)),
    deleteProject: (id) => change("Could not delete the project", () => deleteProject(db, id), again),

    listVariants: (projectId) => read("the variants", () => listVariants(db, projectId)),
    getVariant: (id) => read("the variant", () => getVariant(db, id)),
    addVariants: (made) => write("the new variants", () => addVariants(db, made), once),
    changeVariant: (id, values) => write("the variant", () => changeVariant(db, id, values)),
    reorderVariants: (ids) => write("the order", () => reorderVariants(db, ids)),

    appendUpdates: (updates) => write("the edits", () => log.append(updates), patient),
    loadDocument: (variantId, after) => read("the document", () => loadDocument(db, variantId, after)),
    seedDocument: (variantId, data) => write("the document", () => log.seed(variantId, data)),
    compact: (variantId, seq, state) =>
      write("the document's state", () => compact(engine, variantId, seq, state)),

    writeCommit: (commit, variantId) => write("the commit", () => writeCommit(db, commit, variantId), once),
    readCommit: (id) => read("the commit", () => readCommit(db, id)),
    commitParent: (id) => read("the commit", () => commitParent(db, id)),
    commitOwner: (id) => read("the commit", () => commitOwner(db, id)),
    commitProject: (id) => read("the commit", () => commitProject(db, id)),

    startTurn: (turn) => write("the turn", () => startTurn(db, turn), once),
    endTurn: (turn, rawOutput) => write("the turn", () => endTurn(db, turn, rawOutput)),
    listTurns: (projectId, since) => read("the turns", () => listTurns(db, projectId, since)),
    cutAbandonedTurns: (message, now) => write("the turns", () => cutAbandonedTurns(db, message, now)),
    listUsed: (since) => read("what was used", () => listUsed(db, since)),
    readTurnOutput: (id) => read("the turn's output", () => readTurnOutput(db, id)),

    holdLease: (variantId, owner, ms) => write("the lease", () => holdLease(db, variantId, owner, ms)),
    renewLeases: (owner, held, ms) => write("the leases", () => renewLeases(db, owner, held, ms)),
    releaseLease: (variantId, owner) => write("the lease", () => releaseLease(db, variantId, owner)),
    leaseOwner: (variantId) => read("the lease", () => leaseOwner(db, variantId)),

    createShare: (share) => write("the link", () => createShare(db, share), once),
    getShare: (id) => read("the link", () => getShare(db, id)),
    listShares: (projectId) => read("the links", () => listShares(db, projectId)),
    changeShare: (id, values) => write("the link", () => changeShare(db, id, values)),
    revokeShare: (id, now) => write("the link", () => revokeShare(db, id, now)),

    createCheckpoint: (checkpoint) => write("the checkpoint", () => createCheckpoint(db, checkpoint), once),
    listCheckpoints: (projectId) => read("the checkpoints", () => listCheckpoints(db, projectId)),
    renameCheckpoint: (id, name) => write("the checkpoint", () => renameCheckpoint(db, id, name)),
    deleteCheckpoint: (id) => write("the checkpoint", () => deleteCheckpoint(db, id)),

    sweep: (before) => change("Could not tidy the history", () => sweep(engine, before), again),

    isWritable: () =>
      engine.assertWritable().then(
        () => true,
        () => false,
      ),
    logSize: () => read("the size of the log", () => logSize(db)),

    close: () => engine.close(),
  };
}
