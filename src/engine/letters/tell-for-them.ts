/** Who hears of what an official did for the applicant: the applicant, with the words that were taken down. */
import { namedAction, type WorkflowAction } from "../workflow/workflow-definition.js";
import { type Numbered, type Teller, type Telling, toApplicant, wording } from "./telling.js";

/** How long the applicant may reopen what has just ended; null where the workflow does not let them. */
export function reopenDays({ theCase, setup, workflow }: Telling): number | null {
  const may = Object.values(workflow.actions).some(
    ({ by, from, effects }) => effects.includes("reopen") && by.includes("applicant") && from.includes(theCase.state),
  );
  return may ? setup.programme.settings.reopenWindowDays : null;
}

/** By which role something was done for the applicant, not by whom; how they were recognised, in the workflow's words. */
function forThem({ actor, data }: Numbered, actions: readonly WorkflowAction[]) {
  const seats = actor.kind === "user" ? actor.seats : [];
  const role = seats.find((seat) => actions.some(({ by }) => by.includes(seat.role)))?.role ?? null;
  const choices = actions.flatMap(({ fields }) => fields.recognisedBy?.choices ?? []);
  return { role, recognised: choices.find(({ code }) => code === data.recognisedBy)?.name ?? null };
}

/** What an official withdrew for the applicant; who did so themselves knows. */
export const withdrawn: Teller = (event, telling) => {
  if (event.actor.kind !== "user") return [];
  const actions = Object.values(telling.workflow.actions).filter(
    ({ effects, by }) => effects.includes("withdraw") && !by.includes("applicant"),
  );
  const { role, recognised } = forThem(event, actions);
  return toApplicant(
    event,
    telling,
    "applicant-withdrawn",
    { reason: wording(event.data.reason), recognised },
    { role, at: event.at.toISOString(), reopenWindowDays: reopenDays(telling) },
  );
};

/** Before it, what an official took down for the applicant, who hears of it, with the words that were taken down. */
export const alsoForThem =
  (teller: Teller): Teller =>
  (event, telling) => {
    const { data, at } = event;
    const action = namedAction(telling.workflow, wording(data.action) ?? "");
    if (data.forApplicant !== true || action === undefined) return teller(event, telling);
    const { role, recognised } = forThem(event, [action]);
    const said = wording(data.reply) ?? wording(data.reason) ?? wording(data.comment);
    const told = { act: action.name, said, rating: data.rating ?? null, recognised };
    const own = toApplicant(event, telling, "applicant-acted", told, { role, at: at.toISOString() });
    return [...own, ...teller(event, telling)];
  };
