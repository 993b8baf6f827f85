/** Who may try drafts of policy over cases, and which texts can decide at all. */
import { asFieldFaults, definitionFaults, faultAt, nameOfDefinition } from "../../configuration/definition-faults.js";
import { demandReader, inDefinition } from "../../configuration/listed-version.js";
import type { ReplayKind } from "../../db/replay-store.js";
import type { ConfigurationFault } from "../../domain/configuration-fault.js";
import { type Actor, caseReach } from "../../domain/permissions.js";
import { Problem } from "../../domain/problems.js";
import { undecidableFaults } from "../../domain/rules/check-rule-set.js";
import type { Setup } from "../../domain/setup.js";

type Person = Extract<Actor, { kind: "user" }>;

/** Whoever is told of past cases by figures has to be one who may read them. */
export function demandTrier(actor: Actor, programme: string): Person {
  demandReader(actor, programme);
  if (actor.kind === "user" && caseReach(actor).all.includes(programme)) return actor;
  throw new Problem("forbidden", {
    en: "This needs a seat that reads all cases of the programme.",
    ar: "يلزم لذلك مقعد يطّلع على جميع معاملات البرنامج.",
  });
}

/** Problem invalid-configuration, with the errors at their places. */
export function demandSound(faults: readonly ConfigurationFault[]): void {
  const errors = faults.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return;
  throw inDefinition(
    new Problem(
      "invalid-configuration",
      {
        en: "This text cannot decide yet: mend the places named.",
        ar: "لا يمكن العمل بهذا النص بعد: صحّح المواضع المذكورة.",
      },
      asFieldFaults(errors),
    ),
  );
}

/** What keeps a text from deciding; that an example fails does not. */
export function faultsOfDraft(
  definition: unknown,
  a: { kind: ReplayKind; name: string; setup: Setup },
): readonly ConfigurationFault[] {
  const { kind, name, setup } = a;
  if (kind === "calendar") return definitionFaults(kind, definition, setup, name);
  const found = undecidableFaults(definition, setup, name);
  if (found.length > 0 || nameOfDefinition(kind, definition) === name) return found;
  return [faultAt(name, "/set", { en: `This is the rule set “${name}”.`, ar: `هذه مجموعة القواعد «${name}».` })];
}
