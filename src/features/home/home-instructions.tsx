/** On homes: instructions that wait to be acknowledged by whoever looks, and, for the room, those that some have not. */

import React from "react";
import { Link } from "react-router-dom";
import type { InstructionStanding, InstructionToAcknowledge } from "../../engine/setup/instruction-views.js";
import { msg, pattern } from "../../engine/text/msg.js";
import { Badge, Bidi, Moment, Panel, useText } from "../../platform/ui/kit.js";
import { instructionAddress } from "../instructions/instruction-words.js";

type Shown = Pick<InstructionToAcknowledge, "programme" | "code" | "number" | "title" | "since">;

function Line({ line, beside, badge }: { line: Shown; beside?: string; badge: string }) {
  const { t } = useText();
  return (
    <li className="case-line">
      <div className="case-line-what">
        <Link className="case-line-subject" to={instructionAddress(line)}>
          <Bidi>{t(line.title)}</Bidi>
        </Link>
        <span className="case-line-facts">
          <Bidi>{line.number}</Bidi>
          <Moment at={line.since} dayOnly />
          {beside && <span>{beside}</span>}
        </span>
      </div>
      <Badge tone="near" icon="document">
        {badge}
      </Badge>
    </li>
  );
}

export function ToAcknowledge({ lines }: { lines: readonly InstructionToAcknowledge[] }) {
  const { t } = useText();
  if (lines.length === 0) return null;
  return (
    <Panel title={msg("home.homeInstructions.mine")}>
      <ul className="case-lines">
        {lines.map((line) => (
          <Line
            key={`${line.programme}/${line.code}`}
            line={line}
            beside={line.entities.map(({ name }) => t(name)).join(t(msg("home.homeInstructions.text")))}
            badge={t(msg("home.homeInstructions.read"))}
          />
        ))}
      </ul>
    </Panel>
  );
}

export function StandingInstructions({ lines }: { lines: readonly InstructionStanding[] }) {
  const { t } = useText();
  if (lines.length === 0) return null;
  return (
    <Panel title={msg("home.homeInstructions.standing")}>
      <ul className="case-lines">
        {lines.map((line) => (
          <Line
            key={line.code}
            line={line}
            badge={t(pattern("home.homeInstructions.of"), { n: line.acknowledged, all: line.addressed })}
          />
        ))}
      </ul>
    </Panel>
  );
}
