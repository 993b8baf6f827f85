import { readdirSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { describeFault } from "../../src/engine/setup/configuration-fault.js";
import type { Setup } from "../../src/engine/setup/setup.js";
import { checkWorkflow } from "../../src/engine/workflow/check-workflow.js";
import { office, shippedWorkflow } from "../support/office.js";
import { shippedSetup } from "../support/shipped-setup.js";

const setup = office();
const file = "workflows/jordan/complaint.json";

// biome-ignore lint/suspicious/noExplicitAny: the point is to spoil what the types would not let one write.
type Json = Record<string, any>;
/** What the check says of the shipped complaint after one thing in it was spoilt. */
function spoilt(spoil: (workflow: Json) => void, of: Setup = setup, name = "complaint"): string[] {
  const workflow = structuredClone(shippedWorkflow(name)) as unknown as Json;
  spoil(workflow);
  return checkWorkflow(workflow, of, file).map((fault) => {
    expect(fault.reason.ar).toMatch(/[\u0600-\u06ff]/);
    return describeFault(fault);
  });
}
const resolvedWhen = { fact: "reviewRequired", operator: "equal", value: true };

describe("the shipped workflows", () => {
  it.each([
    ["jordan", ["complaint", "compliment", "help", "inquiry", "order", "report", "suggestion"]],
    ["boston311", ["request"]],
  ])("of %s have no fault and no warning, and are one a file", (programme, names) => {
    expect(readdirSync(`workflows/${programme}`).sort()).toEqual(names.map((name) => `${name}.json`));
    for (const name of names) {
      const definition = shippedWorkflow(name, programme);
      expect(definition.workflow).toBe(name);
      expect(checkWorkflow(definition, shippedSetup(programme), name).map((fault) => describeFault(fault))).toEqual([]);
    }
  });

  it("let the applicant withdraw in whatever state the office or the applicant is waited for", () => {
    for (const name of ["complaint", "compliment", "help", "inquiry", "order", "report", "suggestion"]) {
      const { states, actions } = shippedWorkflow(name);
      const open = Object.keys(states).filter((state) => ["open", "waiting"].includes(states[state]?.kind ?? ""));
      const withdrawing = Object.values(actions).filter(
        ({ effects, by }) => effects.includes("withdraw") && by.includes("applicant"),
      );
      expect([name, withdrawing.flatMap(({ from }) => from).sort()]).toEqual([name, open.sort()]);
    }
  });

  it("are followed by every type", () => {
    for (const programme of ["jordan", "boston311"]) {
      const shipped = readdirSync(`workflows/${programme}`);
      for (const type of shippedSetup(programme).types.values()) expect(shipped).toContain(`${type.workflow}.json`);
    }
  });
});

describe("a wrong form", () => {
  it.each<[string, unknown, string]>([
    ["null", null, `${file}, /: A workflow is an object, not null.`],
    ["a list", [], `${file}, /: A workflow is an object, not [].`],
    ["a text", "complaint", `${file}, /: A workflow is an object, not "complaint".`],
  ])("%s", (_what, definition, message) => {
    expect(checkWorkflow(definition, setup, file).map((fault) => describeFault(fault))).toEqual([message]);
  });

  it("an empty object misses everything", () => {
    expect(
      checkWorkflow({}, setup, file)
        .map((fault) => fault.path)
        .sort(),
    ).toEqual(["/actions", "/initial", "/name", "/programme", "/states", "/timers", "/triage", "/workflow"]);
  });

  it("what is nested without end", () => {
    let deep: unknown = resolvedWhen;
    for (let i = 0; i < 5000; i += 1) deep = { all: [deep] };
    expect(spoilt((w) => (w.actions.answer.to[0].when = deep))[0]).toContain("nested too deeply");
    let deeper: unknown = resolvedWhen;
    for (let i = 0; i < 13; i += 1) deeper = { not: deeper };
    expect(spoilt((w) => (w.actions.answer.to[0].when = deeper))[0]).toContain(
      "/actions/answer/to/0/when: The conditions are nested too deeply: at most 12",
    );
  });

  it.each<[string, (workflow: Json) => void, RegExp]>([
    [
      "a text in one language only",
      (w) => delete w.states.assigned.name.ar,
      /\/states\/assigned\/name\/ar: “text in Arabic” \(ar\) is missing/,
    ],
    [
      "an empty text",
      (w) => (w.actions.take.name.en = " "),
      /\/actions\/take\/name\/en: The name in English is empty\./,
    ],
    [
      "an unknown kind of state",
      (w) => (w.states.resolved.kind = "done"),
      /\/states\/resolved\/kind: "done" is not allowed here. Allowed: “Being worked on” \(open\)/,
    ],
    [
      "an unknown role",
      (w) => w.actions.take.by.push("focal_pont"),
      /\/actions\/take\/by\/2: "focal_pont" is not allowed.*Did you mean “Focal point” \(focal_point\)/,
    ],
    [
      "an unknown effect",
      (w) => (w.actions.take.effects = ["takes"]),
      /\/actions\/take\/effects\/0: "takes" is not allowed.*Did you mean “The person who does it takes the case” \(take\)/,
    ],
    [
      "an unknown type of field",
      (w) => (w.actions.ask.fields.question.type = "colour"),
      /\/actions\/ask\/fields\/question\/type: "colour" is not allowed/,
    ],
    [
      "an unknown property",
      (w) => (w.actions.ask.colour = "red"),
      /\/actions\/ask\/colour: The name "colour" is not allowed/,
    ],
    [
      "another programme",
      (w) => (w.programme = "boston311"),
      /\/programme: "boston311" is not allowed here. Allowed: "jordan"/,
    ],
    [
      "a number for a target",
      (w) => (w.actions.take.to = 5),
      /\/actions\/take\/to: 5 must be a text or null or a list/,
    ],
    [
      "a guard on an unknown fact",
      (w) => (w.actions.reopen.guards[0].when.fact = "dayssinceResolved"),
      /\/actions\/reopen\/guards\/0\/when\/fact: "dayssinceResolved" is not allowed.*Did you mean “[^”]+” \(daysSinceResolved\)/,
    ],
    [
      "a comparison with another type",
      (w) => (w.actions.reopen.guards[0].when.value = "yes"),
      /\/actions\/reopen\/guards\/0\/when\/value: "yes" must be true or false/,
    ],
    [
      "an unknown operator",
      (w) => (w.actions.answer.to[0].when.operator = "is"),
      /\/actions\/answer\/to\/0\/when\/operator: "is" is not allowed/,
    ],
    [
      "an empty group",
      (w) => (w.actions.answer.to[0].when = { any: [] }),
      /\/actions\/answer\/to\/0\/when\/any: The group is empty/,
    ],
    [
      "a guard without words",
      (w) => delete w.actions.reopen.guards[0].otherwise,
      /\/actions\/reopen\/guards\/0\/otherwise: “message if not allowed” \(otherwise\) is missing/,
    ],
    ["a timer of no time", (w) => (w.timers[0].after.amount = 0), /\/timers\/0\/after\/amount: 0 must be more than 0/],
    [
      "a timer in unknown units",
      (w) => (w.timers[0].after.unit = "days"),
      /\/timers\/0\/after\/unit: "days" is not allowed/,
    ],
    [
      "the same state twice",
      (w) => w.actions.take.from.push("assigned"),
      /\/actions\/take\/from: “[^”]+” \(assigned\) is in the list twice/,
    ],
  ])("%s", (_what, spoil, message) => {
    const said = spoilt(spoil);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(message);
    expect(said[0]).toContain(file);
  });
});

describe("a wrong meaning", () => {
  it.each<[string, (workflow: Json) => void, RegExp]>([
    [
      "a mention without anybody to mention",
      (w) => delete w.actions.note.fields.mentions,
      /\/actions\/note\/fields\/mentions: “Colleagues named in the note are told” needs the field “Colleagues to tell” \(mentions; Several colleagues\)/,
    ],
    [
      "a mention before its note",
      (w) => (w.actions.note.effects = ["mention", "note"]),
      /\/actions\/note\/effects: “Colleagues named in the note are told” adds to “A note that only officials see”, which has to come before it/,
    ],
    [
      "a gift to anybody",
      (w) => (w.actions.give.fields.colleague.type = "text"),
      /\/actions\/give\/fields\/colleague: “The case is assigned to a colleague” needs the required field “Colleague” \(colleague; A colleague\)/,
    ],
    [
      "a split without a reason",
      (w) => (w.actions.split.fields.reason.required = false),
      /\/actions\/split\/fields\/reason: “A second issue becomes a separate case” needs the required field “Reason” \(reason; Text\)/,
    ],
    [
      "a merge that ends the case",
      (w) => (w.actions.merge.to = "closed"),
      /\/actions\/merge\/to: With “Other cases become duplicates of this one” this must lead to a state of the type “Being worked on”/,
    ],
    [
      "a reminder by the applicant",
      (w) => w.actions.remind.by.push("applicant"),
      /\/actions\/remind\/by\/\d: “The entity is reminded” is an official's action/,
    ],
    [
      "an unknown first state",
      (w) => (w.initial = "asigned"),
      /\/initial: The state "asigned" was not found. Did you mean “With the entity” \(assigned\)/,
    ],
    [
      "an unknown state to come from",
      (w) => (w.actions.take.from[0] = "nowhere"),
      /\/actions\/take\/from\/0: The state "nowhere" was not found. Available: “Waiting for an entity” \(triage\)/,
    ],
    [
      "an unknown state to lead to",
      (w) => (w.actions.answer.to[1].to = "resolvd"),
      /\/actions\/answer\/to\/1\/to: The state "resolvd" was not found. Did you mean “Answered” \(resolved\)/,
    ],
    [
      "an action possible nowhere",
      (w) => (w.actions.take.from = []),
      /\/actions\/take\/from: Select at least one state/,
    ],
    ["an action for nobody", (w) => (w.actions.take.by = []), /\/actions\/take\/by: Select at least one role/],
    [
      "no branch for the rest",
      (w) => (w.actions.answer.to[1].when = resolvedWhen),
      /\/actions\/answer\/to\/1\/when: The last branch must have no condition/,
    ],
    [
      "a branch that takes everything first",
      (w) => delete w.actions.answer.to[0].when,
      /\/actions\/answer\/to\/0: A branch without a condition takes everything/,
    ],
    [
      "a code with a blank",
      (w) => (w.actions["Take it"] = w.actions.take),
      /\/actions\/Take it: "Take it" cannot be a code/,
    ],
    [
      "a choice of one",
      (w) =>
        (w.actions.ask.fields.how = {
          name: { ar: "كيف", en: "How" },
          type: "choice",
          required: false,
          choices: [{ code: "a", name: { ar: "أ", en: "A" } }],
        }),
      /\/actions\/ask\/fields\/how\/choices: A choice needs at least two/,
    ],
    [
      "a beginning that waits",
      (w) => (w.initial = "waiting_applicant"),
      /\/initial: A case starts in a state of the type “Being worked on”; “Waiting for the applicant” is not/,
    ],
    [
      "a triage that nobody empties",
      (w) => delete w.actions.assign,
      /\/triage: No action with “First entity: the field ‘entity’ says which” leads out of “Waiting for an entity”/,
    ],
    [
      "a transfer without an entity",
      (w) => delete w.actions.transfer.fields.entity,
      /\/actions\/transfer\/fields\/entity: “Another entity: the field ‘entity’ says which” needs the required field “Entity” \(entity; Entity\)/,
    ],
    [
      "a transfer with an optional entity",
      (w) => (w.actions.transfer.fields.entity.required = false),
      /\/actions\/transfer\/fields\/entity: “Another entity: the field ‘entity’ says which” needs the required field/,
    ],
    [
      "a transfer that closes",
      (w) => (w.actions.transfer.to = "closed"),
      /\/actions\/transfer\/to: .*A transfer never closes a case/,
    ],
    [
      "a reclassification of nothing",
      (w) => (w.actions.reclassify.fields = {}),
      /\/actions\/reclassify\/fields: “Pillar or importance change[^”]*” needs one of these fields: “Pillar” \(pillar; Pillar\) or “Importance level” \(importance; Importance level\)/,
    ],
    [
      "staff that rate themselves",
      (w) => w.actions.rate.by.push("focal_point"),
      /\/actions\/rate\/by\/1: Only the applicant can rate, .*officials never rate themselves/,
    ],
    [
      "staff that withdraw",
      (w) => w.actions.withdraw.by.push("operation_room"),
      /\/actions\/withdraw\/by\/0: .*each need an action of their own/,
    ],
    [
      "staff that withdraw for the applicant without saying why",
      (w) => (w.actions.withdraw_for_applicant.fields.reason.required = false),
      /\/actions\/withdraw_for_applicant\/fields\/reason: .*needs the required field “Reason” \(reason; Text\)/,
    ],
    [
      "staff that withdraw without saying how the applicant was recognised",
      (w) => delete w.actions.withdraw_for_applicant.fields.recognisedBy,
      /\/actions\/withdraw_for_applicant\/fields\/recognisedBy: .*needs the required field “How the applicant's identity was checked” \(recognisedBy; Choice from a list\)/,
    ],
    [
      "staff that withdraw where no code can be given",
      (w) => delete w.actions.withdraw_for_applicant.fields.code,
      /\/actions\/withdraw_for_applicant\/fields\/code: .*needs the field “Code of the application” \(code; Code of the application\)/,
    ],
    [
      "staff that reply for the applicant without saying how they were recognised",
      (w) => delete w.actions.reply_for_applicant.fields.recognisedBy,
      /\/actions\/reply_for_applicant\/fields\/recognisedBy: .*needs the required field/,
    ],
    [
      "a contact centre that reopens where no code can be given",
      (w) => delete w.actions.reopen_for_applicant.fields.code,
      /\/actions\/reopen_for_applicant\/fields\/code: .*needs the field/,
    ],
    [
      "a room that takes down ratings",
      (w) => (w.actions.rate_for_applicant.by = ["operation_room"]),
      /\/actions\/rate_for_applicant\/by\/0: Only the applicant can rate/,
    ],
    [
      "a system that withdraws",
      (w) => w.actions.withdraw_for_applicant.by.push("system"),
      /\/actions\/withdraw_for_applicant\/by\/2: “Withdrawn: left out of the figures” is the applicant's wish/,
    ],
    [
      "a sign of life that no official gives",
      (w) => (w.actions.reply.signOfLife = false),
      /\/actions\/reply\/signOfLife: Only an official.s action shows/,
    ],
    [
      "a reminder that is a sign of life",
      (w) => (w.actions.remind.signOfLife = true),
      /\/actions\/remind\/signOfLife: A reminder does not show/,
    ],
    [
      "a code that nothing reads",
      (w) => (w.actions.note.fields.code = w.actions.withdraw_for_applicant.fields.code),
      /\/actions\/note\/fields\/code: Only “Withdrawn: left out of the figures” reads a field of the type “Code of the application”/,
    ],
    [
      "an applicant who answers",
      (w) => w.actions.answer.by.push("applicant"),
      /\/actions\/answer\/by\/2: “An answer, reviewed where the quality rules say so” is an official's action; “Applicant” cannot do it/,
    ],
    [
      "an appeal that is closed at once",
      (w) => (w.actions.rate.to[1].effects = ["appeal"]),
      /\/actions\/rate\/to\/1\/to: With “An appeal: another person, new deadlines” this must lead to a state of the type “Being worked on”/,
    ],
    [
      "an applicant who rejects",
      (w) => w.actions.reject.by.push("applicant"),
      /\/actions\/reject\/by\/2: “Rejected for a reason of the list” is an official's action/,
    ],
    [
      "a rejection without a reason",
      (w) => (w.actions.reject.fields.closingReason.required = false),
      /\/actions\/reject\/fields\/closingReason: “Rejected for a reason of the list” needs the required field “Reason” \(closingReason; Closing reason\)/,
    ],
    [
      "a rejection that ends nothing",
      (w) => (w.actions.reject_too = { ...w.actions.reject, to: null }),
      /\/actions\/reject_too\/to: With “Rejected for a reason of the list” this must lead to a state of the type “Ended”/,
    ],
    [
      "a reason that nothing reads",
      (w) => (w.actions.note.fields.why = w.actions.reject.fields.closingReason),
      /\/actions\/note\/fields\/why: Only “Rejected for a reason of the list” reads a field of the type “Closing reason”/,
    ],
    [
      "a scale where nothing is rated",
      (w) => (w.actions.reply.fields.ease = w.actions.rate.fields.time),
      /\/actions\/reply\/fields\/ease: Only “The applicant rates” reads a field of the type “Rating from 1 to 5”/,
    ],
    [
      "a duplicate that stays open",
      (w) => (w.actions.link_too = { ...w.actions.link, to: null }),
      /\/actions\/link_too\/to: With “Ends as a duplicate of another case” this must lead to a state of the type “Ended”/,
    ],
    [
      "a way back without a new cycle",
      (w) => (w.actions.reopen_unanswered.effects = []),
      /\/actions\/reopen_unanswered\/to: From “Closed: the applicant did not reply” the case goes back to work\. Without a new round .*“Opened again, with new deadlines”/,
    ],
    [
      "a state nobody reaches",
      (w) => (w.states.lost = { ...w.states.closed }),
      /\/states\/lost: No action leads to “Closed”/,
    ],
    [
      "a dead end",
      (w) => {
        w.states.limbo = { ...w.states.resolved };
        w.actions.take.to = "limbo";
        w.actions.take.from = ["assigned"];
      },
      /\/states\/limbo: A dead end/,
    ],
    [
      "a wait without end",
      (w) => {
        w.timers.shift();
        w.actions.reply.to = null;
        w.actions.close_no_reply.by = ["operation_room"];
      },
      /\/states\/waiting_applicant: While the case is in “Waiting for the applicant” its clock is paused/,
    ],
    [
      "files of an action that only the system takes",
      (w) => (w.actions.close_no_reply.attachments = true),
      /\/actions\/close_no_reply\/attachments: The system cannot attach files/,
    ],
    ["files said with a word", (w) => (w.actions.answer.attachments = "yes"), /\/actions\/answer\/attachments: /],
    [
      "a timer of an unknown action",
      (w) => (w.timers[0].action = "close_no_replay"),
      /\/timers\/0\/action: The action "close_no_replay" was not found. Did you mean “Close: no reply” \(close_no_reply\)/,
    ],
    [
      "a timer of a person's action",
      (w) => (w.actions.close_no_reply.by = ["operation_room"]),
      /\/timers\/0\/action: “Close: no reply” is not for the system: add “The system itself”/,
    ],
    [
      "a timer where its action is impossible",
      (w) => (w.timers[0].state = "in_progress"),
      /\/timers\/0\/action: “Close: no reply” is not possible in “Being worked on”/,
    ],
    [
      "a timer that cannot fill in a form",
      (w) => (w.actions.close_no_reply.fields.why = { name: { ar: "لماذا", en: "Why" }, type: "text", required: true }),
      /\/timers\/0\/action: “Close: no reply” has required fields/,
    ],
    [
      "a timer that may be refused",
      (w) => (w.actions.close_no_reply.guards = w.actions.reopen.guards),
      /\/timers\/0\/action: “Close: no reply” has conditions/,
    ],
    [
      "a timer that rings for ever",
      (w) => {
        w.actions.close_no_reply.to = null;
        w.actions.finish = { ...w.actions.close_no_reply, to: "closed_no_reply" };
      },
      /\/timers\/0\/action: “Close: no reply” may leave the case where it is/,
    ],
    [
      "two timers of one name",
      (w) => (w.timers[1].id = w.timers[0].id),
      /\/timers\/1\/id: The id "no-reply-10-days" is used twice/,
    ],
    [
      "a name that no type follows",
      (w) => (w.workflow = "grievance"),
      /\/workflow: warning: No application type follows “[^”]+”/,
    ],
  ])("%s", (_what, spoil, message) => {
    const said = spoilt(spoil);
    expect(said).toEqual([expect.stringMatching(message)]);
  });

  it("what officials ask of each other, and those whom it goes to may not answer", () => {
    const byTheManager = (w: Json) => {
      for (const { by, effects } of Object.values<Json>(w.actions))
        if (effects.includes("answer")) by.splice(0, by.length, "entity_manager", "secretary_general");
    };
    const found = /\/actions: .*“Request for an explanation”, “Directive”.*could not be answered/;
    expect(spoilt(byTheManager, setup, "order")).toContainEqual(expect.stringMatching(found));
    // Of what applicants send it is asked in another way, and so of a type that is out of use.
    const of = (more: object) => ({
      ...setup,
      types: new Map([...setup.types].map(([code, type]) => [code, { ...type, ...more }])),
    });
    for (const more of [{ internal: false }, { retired: true }])
      expect(spoilt(byTheManager, of(more), "order").join()).not.toMatch(found);
  });

  it("a confidential type whose handlers cannot carry it on", () => {
    const said = spoilt((w) => (w.actions.answer_appeal.by = ["operation_room"]), setup, "report");
    expect(said).toEqual([expect.stringMatching(/\/actions\/answer_appeal\/by: .*confidential because its type is/)]);
  });
});
