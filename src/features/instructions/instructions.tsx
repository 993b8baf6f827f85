/** The register: all that concerns whoever reads, or the one that the address names. */

import React from "react";
import type { InstructionLine } from "../../engine/setup/instruction-views.js";
import { msg, pattern } from "../../engine/text/msg.js";
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
  title: msg("instructions.instructions.instructions"),
  none: msg("instructions.instructions.none"),
  noneYet: msg("instructions.instructions.noneYet"),
  name: msg("instructions.instructions.instruction"),
  number: msg("instructions.instructions.number"),
  issuedOn: msg("instructions.instructions.issuedOn"),
};

function Acknowledged({ line }: { line: InstructionLine }) {
  const { t } = useText();
  const { mine, standing, state } = line;
  if (mine.length > 0) return <Badge tone="near">{t(msg("instructions.instructions.waits"))}</Badge>;
  if (standing === null || state === "draft") return null;
  const all = standing.acknowledged >= standing.addressed;
  return (
    <Badge tone={all || state !== "issued" ? "done" : "near"}>
      {t(pattern("instructions.instructions.of"), { n: standing.acknowledged, all: standing.addressed })}
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
            label: msg("instructions.instructions.state"),
            narrow: true,
            cell: ({ state }) => <StateOfInstruction state={state} />,
          },
          {
            key: "standing",
            label: msg("instructions.instructions.standing"),
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
      lead={t(msg("instructions.instructions.lead"))}
      actions={
        view?.mayEdit && (
          <LinkButton kind="primary" icon="plus" to={`${adminRoot}/resources/instruction-texts/actions/new`}>
            {t(msg("instructions.instructions.add"))}
          </LinkButton>
        )
      }
    >
      <ProblemBox problem={problem} />
      {view === null && loading && <Spinner />}
      {view && view.programmes.length > 1 && (
        <Select
          label={msg("instructions.instructions.programme")}
          value={view.programme}
          choices={view.programmes.map(({ code: value, name }) => ({ value, label: name }))}
          onChange={(value) => setQuery({ programme: value, code: null })}
        />
      )}
      {view && code === undefined && <Lines view={view} />}
    </Page>
  );
}
