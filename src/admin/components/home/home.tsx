/** The first page: a desk for each role that somebody holds. */
import React from "react";
import type { HomeDesk, HomeView } from "../../../domain/home/home-view.js";
import { boot, EmptyState, Page, Panel, ProblemBox, Spinner, useText, useView } from "../kit/kit.js";
import { FocalHome, TriageHome } from "./focal-desk.js";
import { AgentHome, AuditorHome, CommitteeHome, ExecutiveHome } from "./other-desks.js";
import { RoomHome } from "./room-desk.js";

const words = {
  home: { en: "Home", ar: "الرئيسية" },
  room: { en: "Operation room", ar: "غرفة العمليات" },
  triage: { en: "To be placed", ar: "بانتظار التوجيه" },
  focal: { en: "My work", ar: "عملي" },
  executive: { en: "Overview", ar: "نظرة عامة" },
  committee: { en: "Steering committee", ar: "اللجنة التوجيهية" },
  auditor: { en: "Audit", ar: "التدقيق" },
  agent: { en: "Contact centre", ar: "مركز الاتصال" },
  none: { en: "You hold no seat now", ar: "لا تشغل أي مقعد حاليًا" },
  noneHint: {
    en: "The operation room gives seats. With one, your work appears here.",
    ar: "تُسند غرفة العمليات المقاعد، وعندها يظهر عملك هنا.",
  },
};

/** Minutes pass between looks at a home; it keeps up by itself. */
const refreshSeconds = 60;

function Desk({ desk }: { desk: HomeDesk }) {
  switch (desk.kind) {
    case "room":
      return <RoomHome desk={desk} />;
    case "triage":
      return <TriageHome desk={desk} />;
    case "focal":
      return <FocalHome desk={desk} />;
    case "executive":
      return <ExecutiveHome desk={desk} />;
    case "committee":
      return <CommitteeHome desk={desk} />;
    case "auditor":
      return <AuditorHome desk={desk} />;
    case "agent":
      return <AgentHome desk={desk} />;
  }
}

/** Whose desk it is: the entity's name where it is of one. */
function useTitle() {
  const { t } = useText();
  const programmes = boot()?.programmes.length ?? 0;
  return (desk: HomeDesk): string => {
    const places = desk.kind === "focal" ? desk.entities : desk.kind === "executive" ? [desk.entity] : [];
    const place = places.map(({ name }) => t(name)).join(t({ en: ", ", ar: "، " }));
    return [place || t(words[desk.kind]), ...(programmes > 1 ? [t(desk.programme.name)] : [])].join(" · ");
  };
}

/** An executive may hold seats at several entities. */
const keyOf = (desk: HomeDesk): string =>
  [desk.kind, desk.programme.code, desk.kind === "executive" ? desk.entity.code : ""].join("/");

export function Home() {
  const { view, problem, loading } = useView<HomeView>("pages/home", { refreshSeconds });
  const titleOf = useTitle();
  const desks = view?.desks ?? [];
  const [first] = desks;
  const several = desks.length > 1;
  return (
    <Page title={first && !several ? titleOf(first) : words.home} wide>
      <ProblemBox problem={problem} />
      {view === null && loading && <Spinner />}
      {view && desks.length === 0 && (
        <Panel>
          <EmptyState icon="seat" title={words.none} hint={words.noneHint} />
        </Panel>
      )}
      {desks.map((desk) => (
        <section key={keyOf(desk)} className="desk">
          {several && <h2 className="desk-title">{titleOf(desk)}</h2>}
          <Desk desk={desk} />
        </section>
      ))}
    </Page>
  );
}
