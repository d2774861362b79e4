/** Responses over SSE: `POST {base}/responses` with `stream: true` (models.md §3.2). Nothing is stored at the provider. */
import { createHttpDriver, type HttpOptions, type Protocol } from "./http-driver.ts";
import { understandResponses } from "./responses-events.ts";
import { inputOf, OPTIONAL_FIELDS, settingsOf } from "./responses-request.ts";
import type { Driver } from "./types.ts";

const protocol: Protocol = {
  wire: "responses",
  path: "/responses",
  optional: OPTIONAL_FIELDS,
  understand: understandResponses,
  startsWithHeaders: false,
  body: (prompt, { model }, refused) => ({
    ...settingsOf(prompt, model, refused),
    input: inputOf(prompt.messages),
    stream: true,
  }),
};

export function createResponsesDriver(options: HttpOptions, refused?: Set<string>): Driver {
  return createHttpDriver(protocol, options, refused);
}
