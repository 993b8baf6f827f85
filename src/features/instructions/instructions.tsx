/** The register: all that concerns whoever reads, or the one that the address names. */
import React from "react";
import type { InstructionLine } from "../../engine/setup/instruction-views.js";
import {
  adminRoot,
  Badge,
  Bidi,
  EmptyState,
  LinkButton,
  Page,
  Panel,
  ProblemBox,
  Select,
  Spinner,
  Table,
  useAddress,
  useText,
  useView,
  withQuery,
} from "../../platform/ui/kit.js";
import { instructionAddress, StateOfInstruction } from "./instruction-words.js";
import type { InstructionsView } from "./instructions.page.js";
import { OpenedInstruction } from "./opened-instruction.js";

const words = {
  title: { en: "Instructions", ar: "التعليمات" },
  lead: {
    en: "What the Cabinet and others in authority have ordered. Each entity that one is addressed to acknowledges it once.",
    ar: "ما أصدره مجلس الوزراء وغيره من أصحاب الصلاحية. تقر كل جهة موجهة إليها بالاطلاع عليها مرة واحدة.",
  },
  programme: { en: "Programme", ar: "البرنامج" },
  add: { en: "New instruction", ar: "تعليمات جديدة" },
  none: { en: "No instruction is addressed to you", ar: "لا تعليمات موجهة إليك" },
  noneYet: { en: "The register is empty", ar: "السجل خالٍ" },
  name: { en: "Instruction", ar: "التعليمات" },
  number: { en: "Number", ar: "الرقم" },
  issuedOn: { en: "Of", ar: "التاريخ" },
  state: { en: "State", ar: "الحالة" },
  standing: { en: "Entities", ar: "الإقرار" },
  of: { en: "{n} of {all}", ar: "{n} من {all}" },
  waits: { en: "To acknowledge", ar: "بانتظار إقرارك" },
};

function Acknowledged({ line }: { line: InstructionLine }) {
  const { t, number } = useText();
  const { mine, standing, state } = line;
  if (mine.length > 0) return <Badge tone="near">{t(words.waits)}</Badge>;
  if (standing === null || state === "draft") return null;
  const all = standing.acknowledged >= standing.addressed;
  return (
    <Badge tone={all || state !== "issued" ? "done" : "near"}>
      {t(words.of, { n: number(standing.acknowledged), all: number(standing.addressed) })}
    </Badge>
  );
}

function Lines({ view }: { view: InstructionsView }) {
  const { t, date } = useText();
  return (
    <Panel flush>
      <Table
        caption={words.title}
        rows={view.lines}
        rowKey={({ code }) => code}
        href={instructionAddress}
        empty={<EmptyState icon="document" title={view.mayEdit ? words.noneYet : words.none} />}
        columns={[
          { key: "name", label: words.name, cell: ({ title }) => <Bidi>{t(title)}</Bidi> },
          { key: "number", label: words.number, narrow: true, cell: ({ number }) => <Bidi>{number}</Bidi> },
          { key: "issuedOn", label: words.issuedOn, narrow: true, cell: ({ issuedOn }) => date(issuedOn) },
          {
            key: "state",
            label: words.state,
            narrow: true,
            cell: ({ state }) => <StateOfInstruction state={state} />,
          },
          {
            key: "standing",
            label: words.standing,
            narrow: true,
            cell: (line) => <Acknowledged line={line} />,
          },
        ]}
      />
    </Panel>
  );
}

export function Instructions() {
  const { t } = useText();
  const [query, setQuery] = useAddress();
  const { programme, code } = query;
  const { view, problem, loading, reload } = useView<InstructionsView>(
    withQuery("pages/instructions", { programme, code }),
  );
  if (view !== null && code !== undefined && view.opened !== null && view.opened.code === code) {
    return <OpenedInstruction key={code} view={view.opened} onChanged={reload} />;
  }
  return (
    <Page
      title={words.title}
      lead={t(words.lead)}
      actions={
        view?.mayEdit && (
          <LinkButton kind="primary" icon="plus" to={`${adminRoot}/resources/instruction-texts/actions/new`}>
            {t(words.add)}
          </LinkButton>
        )
      }
    >
      <ProblemBox problem={problem} />
      {view === null && loading && <Spinner />}
      {view && view.programmes.length > 1 && (
        <Select
          label={words.programme}
          value={view.programme}
          choices={view.programmes.map(({ code: value, name }) => ({ value, label: name }))}
          onChange={(value) => setQuery({ programme: value, code: null })}
        />
      )}
      {view && code === undefined && <Lines view={view} />}
    </Page>
  );
}
