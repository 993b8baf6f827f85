/** The row of an instruction: its history, its uses, withdrawing it. What it says is read in the register. */

import React from "react";
import { msg } from "../../engine/text/msg.js";
import { LinkButton, NoticeBox, type ScreenProps, useText } from "../../platform/ui/kit.js";
import { SetupShow } from "../setup/form/setup-show.js";
import { instructionAddress } from "./instruction-words.js";

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
              {t(msg("instructions.instructionRecord.open"))}
            </LinkButton>
          }
        >
          <p>{t(msg("instructions.instructionRecord.inTheRegisterItIs"))}</p>
        </NoticeBox>
      )}
    />
  );
}
