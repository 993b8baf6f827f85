/** A screen of the studio: its script is loaded when it is opened, and who has a poor line may try again. */
import React, { type ComponentType, useEffect, useState } from "react";
import { Page, Spinner } from "../../platform/ui/kit.js";
import { loadStudio } from "./load-studio.js";
import { PageFailed } from "./page-failed.js";

const title = { en: "Policy studio", ar: "استوديو السياسات" };
const failure = {
  title: { en: "This page could not be loaded", ar: "تعذّر تحميل هذه الصفحة" },
  hint: {
    en: "The line may be down, or Diwan was renewed since you opened it. Load the page again; nothing that you typed is lost.",
    ar: "قد يكون الاتصال منقطعًا، أو حُدّث ديوان منذ فتحه. أعد تحميل الصفحة، ولن يضيع شيء مما كتبته.",
  },
};

/** The screen of that name, as `screens.ts` lists it. */
export function StudioScreen({ name }: { name: string }) {
  const [Screen, setScreen] = useState<ComponentType | null>(() => window.DiwanStudio?.[name] ?? null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (Screen !== null) return;
    let left = false;
    loadStudio()
      .then((screens) => !left && setScreen(() => screens[name] ?? null))
      .catch(() => !left && setFailed(true));
    return () => {
      left = true;
    };
  }, [Screen, name]);
  if (failed) return <PageFailed {...failure} />;
  if (Screen !== null) return <Screen />;
  return (
    <Page title={title}>
      <Spinner />
    </Page>
  );
}
