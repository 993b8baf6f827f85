/** A made-up case walked through the workflow as it is being written: who may do what, what happens, where it gets stuck. */

import React, { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { applicationLimits } from "../../../engine/applicant/application-limits.js";
import type { VocabularyFact } from "../../../engine/explain/policy-vocabulary.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import {
  Button,
  EmptyState,
  Field,
  faultAt,
  NoticeBox,
  Panel,
  type ProblemBody,
  ProblemBox,
  problemOf,
  Select,
  Spinner,
  send,
  TextArea,
  TextField,
  useText,
} from "../../../platform/ui/kit.js";
import { SuggestedMatters } from "../../setup/form/suggestion-try.js";
import type { PolicyPart, PolicyPartProps } from "../policy-part.js";
import { SingleValue } from "../rules/value-control.js";
import { ActForm, Acts, Happened, type Offered, Stands } from "./walk-pieces.js";
import type { WalkedView } from "./workflow.page.js";
import { WorkflowDiagram } from "./workflow-diagram.js";
import { readWorkflow } from "./workflow-model.js";
import { actingPerformers, performerWords } from "./workflow-words.js";

// What the applicant of a made-up case answered to the extra fields of its type, as conditions ask for it.

const answersWords = {
  asked: msg("policy-workflow.walkPart.answersWordsAsked"),
  more: pattern("policy-workflow.walkPart.answersWordsMore"),
};

type Answers = Readonly<Record<string, unknown>>;

interface WalkAnswersProps {
  readonly fields: WalkedView["fields"];
  readonly facts: readonly VocabularyFact[];
  readonly answers: Answers;
  readonly problem: ProblemBody | null;
  readonly onChange: (answers: Answers) => void;
}

/** Those that conditions of this workflow ask for stand open; rules may ask for the others. */
function WalkAnswers({ fields, facts, answers, problem, onChange }: WalkAnswersProps) {
  const { t } = useText();
  const inputs = (asked: boolean) =>
    fields.flatMap((field) => {
      const fact = facts.find(({ name }) => name === field.fact);
      if (fact === undefined || field.asked !== asked) return [];
      return [
        <Field key={fact.name} label={fact.label} fault={faultAt(problem, `/facts/${fact.name}`) ?? null}>
          <SingleValue
            fact={fact}
            label={fact.label}
            value={answers[fact.name] ?? null}
            mayBeUnknown
            onChange={(value) => onChange({ ...answers, [fact.name]: value })}
          />
        </Field>,
      ];
    });
  const [asked, others] = [inputs(true), inputs(false)];
  return (
    <>
      {asked.length > 0 && (
        <fieldset className="flow-answers">
          <legend>{t(answersWords.asked)}</legend>
          <div className="try-facts">{asked}</div>
        </fieldset>
      )}
      {others.length > 0 && (
        <details className="flow-answers">
          <summary>{t(asked.length > 0 ? answersWords.more : answersWords.asked, { n: others.length })}</summary>
          <div className="try-facts">{others}</div>
        </details>
      )}
    </>
  );
}

const words = {
  label: msg("policy-workflow.walkPart.walkACaseThrough"),
  lead: msg("policy-workflow.walkPart.lead"),
  notYours: msg("policy-workflow.walkPart.notYours"),
  subject: msg("policy-workflow.walkPart.subject"),
  description: msg("policy-workflow.walkPart.description"),
  placed: msg("policy-workflow.walkPart.placed"),
  unplaced: msg("policy-workflow.walkPart.unplaced"),
  besideSet: pattern("policy-workflow.walkPart.besideSet"),
};

type Step =
  | { readonly by: "time" }
  | {
      readonly by: string;
      readonly person: 1 | 2;
      readonly action: string;
      readonly fields: Readonly<Record<string, unknown>>;
    };
const pauseMs = 250;

/** The same, a moment after it last changed. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

function Walk({ thing, definition, faults, vocabulary, mayPublish: may, changeSet }: PolicyPartProps) {
  const { t } = useText();
  const workflow = useMemo(() => readWorkflow(definition), [definition]);
  const [placed, setPlaced] = useState(true);
  const [type, setType] = useState<string | null>(null);
  const [typed, setTyped] = useState<Answers>({});
  const facts = useSettled(typed);
  const [written, setWritten] = useState({ subject: "", description: "" });
  const text = useSettled(written);
  const [restarted, setRestarted] = useState(false);
  const [as, setAs] = useState<{ by: string; person: 1 | 2 }>({ by: "focal_point", person: 1 });
  const [steps, setSteps] = useState<readonly Step[]>([]);
  const [view, setView] = useState<WalkedView | null>(null);
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  const [chosen, setChosen] = useState<Offered | null>(null);
  const { programme, name } = thing;
  const latest = useRef(0);
  const known = useRef(steps);
  known.current = steps;
  /** The steps asked for last, which may not be answered yet: what changes meanwhile walks these, so that no press is lost. */
  const wanted = useRef(steps);
  const beginAnew = () => {
    wanted.current = [];
    setSteps([]);
  };
  /** Walks these steps; one that is refused is not taken, and what was typed for it stays. */
  const walk = useCallback(
    async (next: readonly Step[]) => {
      const asked = ++latest.current;
      wanted.current = next;
      try {
        const body = {
          do: "walk",
          programme,
          name,
          definition,
          type,
          placed,
          facts,
          ...text,
          steps: next,
          as,
          changeSet,
        };
        const found = await send<WalkedView>("pages/workflow", body);
        if (asked !== latest.current) return true;
        setView(found);
        setSteps(next);
        setProblem(null);
        setChosen(null);
        return true;
      } catch (error) {
        if (asked !== latest.current) return true;
        wanted.current = known.current;
        setProblem(problemOf(error));
        return false;
      }
    },
    [programme, name, definition, type, placed, facts, text, as, changeSet],
  );
  useEffect(() => {
    if (!may) return;
    void walk(wanted.current).then(async (stands) => {
      if (stands || known.current.length === 0) return;
      if (await walk([])) setRestarted(true);
    });
  }, [may, walk]);
  if (workflow === null || !may)
    return <EmptyState title={words.label} hint={may ? words.lead : words.notYours} icon="flow" />;
  const add = (step: Step) => {
    setRestarted(false);
    void walk([...steps, step]);
  };
  return (
    <div className="flow-part">
      <p className="muted">{t(words.lead)}</p>
      {view?.changeSet && <NoticeBox title={t(words.besideSet, { name: view.changeSet.title })} />}
      <div className="line-row">
        {view !== null && view.types.length > 1 && (
          <Select
            label={msg("policy-workflow.walkPart.type")}
            value={view.type}
            choices={view.types.map(({ code, name }) => ({ value: code, label: name }))}
            onChange={(code) => {
              setType(code);
              setTyped({});
              beginAnew();
            }}
          />
        )}
        <Select
          label={msg("policy-workflow.walkPart.start")}
          value={placed ? "placed" : "unplaced"}
          choices={(["placed", "unplaced"] as const).map((value) => ({ value, label: words[value] }))}
          onChange={(value) => {
            setPlaced(value === "placed");
            beginAnew();
          }}
        />
        <Select
          label={msg("policy-workflow.walkPart.as")}
          value={as.by}
          choices={actingPerformers
            .filter((one) => one !== "system")
            .map((value) => ({ value, label: performerWords(value) }))}
          onChange={(by) => setAs({ ...as, by })}
        />
        <Select
          label={msg("policy-workflow.walkPart.person")}
          value={String(as.person)}
          choices={[
            { value: "1", label: msg("policy-workflow.walkPart.first") },
            { value: "2", label: msg("policy-workflow.walkPart.second") },
          ]}
          onChange={(value) => setAs({ ...as, person: value === "2" ? 2 : 1 })}
        />
      </div>
      <div className="stack-small">
        {(["subject", "description"] as const).map((one) => {
          const Input = one === "subject" ? TextField : TextArea;
          return (
            <Input
              key={one}
              label={words[one]}
              help={one === "description" ? msg("policy-workflow.walkPart.textHelp") : null}
              name={`walk-${one}`}
              maxLength={applicationLimits[one]}
              value={written[one]}
              onChange={(value) => setWritten({ ...written, [one]: value })}
              fault={faultAt(problem, `/${one}`)}
            />
          );
        })}
      </div>
      {view !== null && (
        <WalkAnswers
          fields={view.fields}
          facts={vocabulary.facts}
          answers={typed}
          problem={problem}
          onChange={setTyped}
        />
      )}
      {restarted && (
        <NoticeBox>
          <p>{t(msg("policy-workflow.walkPart.restarted"))}</p>
        </NoticeBox>
      )}
      {chosen === null && <ProblemBox problem={problem} />}
      {view === null && problem === null && <Spinner />}
      {view !== null && (
        <>
          <div aria-live="polite" className="flow-walk">
            <Panel title={msg("policy-workflow.walkPart.stands")}>
              {view.deadEnd && (
                <NoticeBox tone="danger" title={msg("policy-workflow.walkPart.dead")}>
                  <p>{t(msg("policy-workflow.walkPart.deadHint"))}</p>
                </NoticeBox>
              )}
              <Stands view={view} workflow={workflow} />
            </Panel>
            {view.matters !== null && (
              <Panel title={msg("policy-workflow.walkPart.suggested")}>
                <SuggestedMatters matters={view.matters} />
              </Panel>
            )}
            <Panel>
              {chosen === null ? (
                <Acts
                  view={view}
                  onChoose={(offered) =>
                    offered.fields.length === 0
                      ? add({ ...as, action: offered.action, fields: {} })
                      : setChosen(offered)
                  }
                />
              ) : (
                <ActForm
                  offered={chosen}
                  problem={problem}
                  onDo={(fields) => add({ ...as, action: chosen.action, fields })}
                  onClose={() => {
                    setChosen(null);
                    setProblem(null);
                  }}
                />
              )}
              <div className="form-actions">
                <Button small icon="clock" disabled={view.next === null} onClick={() => add({ by: "time" })}>
                  {t(msg("policy-workflow.walkPart.wait"))}
                </Button>
                <Button small kind="quiet" disabled={steps.length === 0} onClick={() => void walk(steps.slice(0, -1))}>
                  {t(msg("policy-workflow.walkPart.back"))}
                </Button>
                <Button small kind="quiet" disabled={steps.length === 0} onClick={() => void walk([])}>
                  {t(msg("policy-workflow.walkPart.again"))}
                </Button>
              </div>
            </Panel>
          </div>
          <WorkflowDiagram
            workflow={workflow}
            selected={{ list: "states", code: view.state }}
            onSelect={() => undefined}
            faults={faults}
            cases={null}
            standing={view.state}
          />
          <Happened view={view} />
        </>
      )}
    </div>
  );
}

export const walkPart: PolicyPart = {
  id: "walk",
  label: words.label,
  place: "trial",
  of: ({ kind }) => kind === "workflow",
  Component: Walk,
};
