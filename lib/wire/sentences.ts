/** The one place that turns a refusal into words for people: what happened, and what to do. */
import type { ByeCode, RefusalCode } from "./events.ts";

const SENTENCES: Record<RefusalCode | ByeCode, string> = {
  "bad-event": "The page sent something this server does not understand. Reload the page.",
  "bad-update":
    "An edit arrived damaged and was not taken. Your text is still here; reload if this comes again.",
  "too-large": "That is too large for one file. Split it and try again.",
  "read-only": "You are watching. This link does not allow changes.",
  "last-variant": "The last variant on the table stays. Delete the project on the start page instead.",
  "unknown-variant": "This variant is not part of the project any more.",
  "unknown-turn": "This turn has ended already.",
  "unknown-commit": "That version cannot be found.",
  "unknown-share": "That link cannot be found.",
  "unknown-checkpoint": "That checkpoint is not there any more.",
  "bad-link": "That link was not made.",
  "comments-later": "Comments come with review calls; this version of Triptych does not take them yet.",
  "too-many": "There are too many of them.",
  "empty-prompt": "Say what should change; a few words are enough.",
  "prompt-too-long": "The prompt is too long.",
  busy: "The server has as much to do as it can take. Try again in a moment.",
  "over-cap": "That is more than your own cap allows; nothing was sent.",
  "nothing-to-continue": "There is nothing to go on with: that answer ended by itself.",
  "unknown-plan": "There is no plan to build any more. Send the prompt again.",
  "rate-limited": "That was too fast. Wait a moment and try again.",
  "storage-failed":
    "The change could not be stored; nothing was lost here. Check the disk of the server and try again.",
  "storage-full":
    "The disk of the server is full: nothing can be stored just now. Your edits are kept on this device and are stored when there is room.",
  "still-writing": "This variant is being written just now. Stop it, or wait until it is done.",
  "nothing-left": "Nothing of that turn is left to undo: it was written over since.",
  "bad-host": "That list was not taken.",
  "packages-off": "Adding packages is switched off on this server (TRIPTYCH_PACKAGES=off).",
  "package-name": "That is not the name of an npm package.",
  "package-version": "The version that /package.json asks for is not one of the npm registry.",
  "package-unknown": "The npm registry has no such package, or not in that version.",
  "package-slow": "The package could not be fetched in time. Try again.",
  "package-too-large": "The package is too large for a preview.",
  "package-needs-node": "The package is made for Node: it needs modules that no browser has.",
  "package-unfit": "The package could not be made into a script for browsers.",
  "package-not-imported": "No file of this variant imports that package any more.",
  "packages-failed": "The package could not be added. The server's log says more.",
  "registry-unreachable":
    "The npm registry cannot be reached from the server. Check its network and try again.",
  "registry-refused": "The npm registry refused to hand the package out.",
  "no-package-json": "/package.json is not valid JSON. Repair it and try again.",
  "not-joined": "The page is not connected yet. Wait a moment and try again.",
  unauthorized:
    "This link does not open anything. Ask for it again; it may have been cut when it was copied.",
  gone: "This link was switched off by the person who made it.",
  expired: "This link has ended: the person who made it gave it a date.",
  password: "This link has a password. Reload the page to enter it.",
  full: "This room is full.",
  "old-client": "A new version is ready. Reload the page; your edits are kept.",
  "unknown-project": "There is no such project, or it was deleted.",
  restart: "The server is restarting. The page comes back by itself.",
  "role-changed": "What this link allows has changed. Reload the page.",
};

/** `detail` adds what was seen and allowed, when the server said it. */
export function sentenceOf(code: RefusalCode | ByeCode, detail?: string): string {
  return detail ? `${SENTENCES[code]} ${detail}` : SENTENCES[code];
}
