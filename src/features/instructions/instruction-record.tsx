/** The row of an instruction: its history, its uses, withdrawing it. What it says is read in the register. */
import React from "react";
import { LinkButton, NoticeBox, type ScreenProps, useText } from "../../platform/ui/kit.js";
import { SetupShow } from "../setup/form/setup-show.js";
import { instructionAddress } from "./instruction-words.js";

const words = {
  hint: {
    en: "In the register it is read, gets its paper, is issued and acknowledged. Retired means withdrawn there.",
    ar: "في السجل تُقرأ وتُرفق وثيقتها وتصدر ويُقر بها. والإيقاف هنا سحبٌ لها هناك.",
  },
  open: { en: "Open in the register", ar: "فتح في السجل" },
};

export function InstructionRecord(props: ScreenProps) {
  const { t } = useText();
  return (
    <SetupShow
      {...props}
      above={({ values, programme }) => (
        <NoticeBox
          actions={
            <LinkButton
              kind="primary"
              icon="document"
              to={instructionAddress({ programme: programme ?? "", code: String(values.code) })}
            >
              {t(words.open)}
            </LinkButton>
          }
        >
          <p>{t(words.hint)}</p>
        </NoticeBox>
      )}
    />
  );
}
