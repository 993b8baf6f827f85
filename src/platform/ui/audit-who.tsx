/** Who made a change: a person's name, or what the part of the system that made it is called. */
import React from "react";
import type { Bilingual } from "../../engine/text/text.js";
import { useText } from "./kit.js";

/** @param a.part what the part of the system is called; null when a person did it */
export function AuditWho({ who, part }: { who: string; part: Bilingual | null }) {
  const { t } = useText();
  return part === null ? <bdi>{who}</bdi> : <span className="muted">{t(part)}</span>;
}
