/** A page's handler for AdminJS, which knows pages only by name and asks nobody. */
import type { ActionRequest } from "adminjs";
import { Problem } from "../../engine/text/problems.js";
import { askedOf } from "./asked.js";
import type { PageDefinition } from "./define-page.js";
import { isAct } from "./is-act.js";
import { may } from "./may.js";
import { openedOf } from "./opened.js";
import { nothingHere } from "./refusals.js";
import type { Call } from "./resource-definition.js";

const noSuchAct = (): Problem =>
  new Problem("invalid-input", { en: "This page does not offer that.", ar: "هذه الصفحة لا تتيح هذا الإجراء." }, [
    { field: "/do", reason: { en: "There is no such act on this page", ar: "لا يوجد إجراء بهذا الاسم في هذه الصفحة" } },
  ]);

/** GET reads, POST `{ do, … }` acts. The answer is whatever the page gives, as JSON. */
export function buildPage(page: PageDefinition) {
  return {
    component: page.component,
    handler: async (request: ActionRequest, response: unknown, context: { currentAdmin?: unknown }) => {
      const asked = askedOf(context);
      const { query } = openedOf(response);
      if (!may(asked.official, page.access)) throw nothingHere();
      const call: Call = { ...asked, query, record: null, ids: [], input: {}, before: {}, programme: null };
      if (!isAct(request)) return answer(response, await page.read(call));
      const { do: name, ...input } = (request.payload ?? {}) as Record<string, unknown>;
      const acts = page.acts ?? {};
      const act = typeof name === "string" && Object.hasOwn(acts, name) ? acts[name] : undefined;
      if (act === undefined) throw noSuchAct();
      return answer(response, await act({ ...call, input }));
    },
  };
}

/** AdminJS sends objects only, and never ends a request whose handler gives nothing. */
function answer(response: unknown, view: unknown): unknown {
  if (typeof view === "object" && view !== null) return view;
  (response as { json(body: unknown): void }).json(view ?? null);
  return undefined;
}
