/** A table of the page as a file, and a chart as a picture. */
import React, { useState } from "react";
import { writtenPeriod } from "../../../engine/measures/figure-period.js";
import type { FigureTableName } from "../../../engine/measures/figure-tables.js";
import type { FiguresView } from "../../../engine/measures/figures-view.js";
import { msg } from "../../../engine/text/msg.js";
import { Button, type ProblemBody, ProblemBox, problemOf, send, useText } from "../../../platform/ui/kit.js";
import type { FiguresFile } from "./figures-file.js";

const words = {
  csv: msg("reports.figuresPage.asCsv"),
  xlsx: msg("reports.figuresPage.asWorkbook"),
};

function save(name: string, address: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
}

function saveContent({ name, type, content }: FiguresFile): void {
  const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], { type }));
  save(name, address);
  // The browser has begun to save it by then.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

interface FilesProps {
  readonly view: FiguresView;
  readonly part: FigureTableName;
  /** The picture of a chart, once it is drawn. */
  readonly picture?: (() => string) | null;
}

export function TableFiles({ view, part, picture }: FilesProps) {
  const { t, language } = useText();
  const [busy, setBusy] = useState<string | null>(null);
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  const { programme, scope, within, period, figure, trend, split, known } = view;
  const fetchFile = async (format: string) => {
    setBusy(format);
    setProblem(null);
    try {
      const file = await send<FiguresFile>("pages/figures", {
        do: "export",
        ...{ programme: programme.code, scope: scope.id, period: writtenPeriod(period), figure, unit: trend.unit },
        ...{ split: split.by, ...(known !== null && { known }) },
        ...{ part, format, language },
        ...(within && { entity: within.code }),
      });
      saveContent(file);
    } catch (error) {
      setProblem(problemOf(error));
    }
    setBusy(null);
  };
  const file = (format: "csv" | "xlsx") => (
    <Button small kind="quiet" busy={busy === format} onClick={() => void fetchFile(format)}>
      {t(words[format])}
    </Button>
  );
  return (
    <div className="figures-files">
      {scope.exports && file("csv")}
      {scope.exports && file("xlsx")}
      {picture && (
        <Button small kind="quiet" onClick={() => save(`figures-${part}-${writtenPeriod(period)}.png`, picture())}>
          {t(msg("reports.figuresPage.asPicture"))}
        </Button>
      )}
      <ProblemBox problem={problem} />
    </div>
  );
}
