/** Set-up tables as sources of resources. */
import type { ModelSource } from "../../../platform/admin/sources.js";
import { createModels, type Models } from "./create-models.js";

/** The set-up table of a model (`"sectors"`), inside the programmes where `access.read` holds. */
export function modelSource(
  model: keyof Models,
  options: { readonly programme: string | null; readonly also?: readonly string[] } = { programme: "programme" },
): ModelSource {
  return {
    kind: "model",
    model: (db) => createModels(db)[model],
    programme: options.programme,
    also: options.also ?? [],
  };
}
