/** The freeform tool whose input is a V4A patch: models that were trained on it write it best, and it streams line by line. */

/** By family, as catalogues change; a server that does not know the tool is asked again without it. */
const FAMILIES = /(?:^|[/:])(?:gpt-(?:[5-9]|\d\d)|codex)|codex(?:-|$)|spark/i;

export function hasPatchTool(model: string): boolean {
  return FAMILIES.test(model);
}

const GRAMMAR = `start: "*** Begin Patch" NEWLINE change+ "*** End Patch" NEWLINE?
change: add | remove | update
add: "*** Add File: " PATH NEWLINE added+
remove: "*** Delete File: " PATH NEWLINE
update: "*** Update File: " PATH NEWLINE move? hunk+
move: "*** Move to: " PATH NEWLINE
hunk: ("@@" REST NEWLINE)* line+ ("*** End of File" NEWLINE)?
line: added | removed | kept
added: "+" REST NEWLINE
removed: "-" REST NEWLINE
kept: " " REST NEWLINE
PATH: /[^\\n]+/
REST: /[^\\n]*/
NEWLINE: /\\n/
`;

export const PATCH_TOOL = {
  type: "custom",
  name: "apply_patch",
  description:
    "Changes the page's files. Call it once, with a patch that holds every change; it is applied while you write it, and nothing comes back.",
  format: { type: "grammar", syntax: "lark", definition: GRAMMAR },
} as const;
