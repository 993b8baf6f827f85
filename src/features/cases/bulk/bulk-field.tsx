/** A field that is filled in once for many cases. */
import React from "react";
import type { OfferedField } from "../../../engine/lifecycle/case-view.js";
import { SearchSelect, Select, TextArea, TextField, useText, type Words } from "../../../platform/ui/kit.js";

const words = {
  choose: { en: "Choose …", ar: "اختر …" },
  reference: { en: "Ten digits, as in 482-739-1652", ar: "عشرة أرقام، مثل \u2068482-739-1652\u2069" },
};

/** Chosen by typing: there are many of them, and whoever chooses one knows its name. */
const typed: ReadonlySet<string> = new Set(["entity", "colleague"]);

export function BulkField(a: {
  field: OfferedField;
  value: string;
  fault: Words | undefined;
  onChange: (value: string) => void;
}) {
  const { t } = useText();
  const { field, value, onChange } = a;
  const { label, required, name, choices, type } = field;
  const shared = { label, required, marked: true, name, value, onChange, fault: a.fault ?? null };
  if (choices !== null && typed.has(type)) return <SearchSelect {...shared} choices={choices} />;
  if (choices !== null) return <Select {...shared} choices={choices} empty={t(words.choose)} />;
  if (type === "reference") return <TextField {...shared} dir="ltr" inputMode="numeric" help={words.reference} />;
  return <TextArea {...shared} rows={3} />;
}
