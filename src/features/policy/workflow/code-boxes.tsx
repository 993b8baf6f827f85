/** Several of a list of codes, each a box to tick. */
import React from "react";
import type { Words } from "../../../platform/ui/boot.js";
import { Checkbox } from "../../../platform/ui/kit.js";

interface CodeBoxesProps {
  readonly all: readonly string[];
  readonly chosen: readonly string[];
  readonly say: (code: string) => Words;
  readonly readOnly: boolean;
  readonly onChange: (code: string, on: boolean) => void;
}

/** What is chosen and not known stays in sight. */
export function CodeBoxes({ all, chosen, say, readOnly, onChange }: CodeBoxesProps) {
  const shown = [...all, ...chosen.filter((code) => !all.includes(code))];
  return (
    <div className="flow-boxes">
      {shown.map((code) => (
        <Checkbox
          key={code}
          label={say(code)}
          disabled={readOnly}
          checked={chosen.includes(code)}
          onChange={(on) => onChange(code, on)}
        />
      ))}
    </div>
  );
}
