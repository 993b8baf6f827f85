/** Beside a case: what else the same applicant sent, and what others sent about the same. */

import { type Actor, can, caseReach, personalReach } from "../../../engine/access/permissions.js";
import type { Case } from "../../../engine/lifecycle/case.js";
import { parseReference } from "../../../engine/lifecycle/case-reference.js";
import type { RelatedCase, RelatedCases, SimilarCase } from "../../../engine/lifecycle/related-cases.js";
import type { FoundCase } from "../../../engine/search/case-search.js";
import {
  likeness,
  type StemShares,
  sharedWords,
  stemSet,
  stemWeight,
  tellingStems,
} from "../../../engine/search/likeness.js";
import { quotedLexeme } from "../../../engine/search/search-document.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { programmes } from "../../../engine/setup/tables/programmes.js";
import { TookTooLong } from "../../../platform/db/bounded-query.js";
import type { Database } from "../../../platform/db/query.js";
import type { Policies } from "../../setup/policies.js";
import { caseNotShown } from "../case-parts.js";
import { caseByReference } from "../case-queries.js";
import { casesOfSameApplicant } from "../list/applicant-queries.js";
import { rowsOfCases } from "../list/searched-rows.js";
import { shownCases } from "../list/shown-cases.js";
import { similarCases, stemShares } from "../list/similar-queries.js";

export interface RelatedParts {
  readonly db: Database;
  readonly policies: Policies;
}

export interface RelatedAsked {
  readonly reference: string;
  readonly actor: Actor;
  readonly now: Date;
}

const maxEarlier = 5;
const maxCounted = 99;
const maxSimilar = 6;
const maxWeighed = 40;
const stemsAsked = 10;
/** A stem in fewer cases than this share of all is looked for everywhere. */
const rareShare = 0.002;
/** Words that both say, to tell why. */
const maxWords = 5;
const likelyShare = 0.5;
const likelyDays = 60;
const dayMs = 86_400_000;
const shareCacheMs = 10 * 60_000;

/** As it is shown: what looks as like is in the order of time. */
const inPercent = (share: number): number => Math.round(share * 100);

const shown = ({ reference, subject, language, state, entity, receivedAt }: FoundCase): RelatedCase => ({
  reference,
  subject,
  language,
  state,
  entity,
  receivedAt,
});

export type RelatedCasesOf = (a: RelatedAsked) => Promise<RelatedCases>;

/** Keeps what the database last counted of stems for some minutes: it counts them anew once a day or so. */
export function relatedCasesReader(parts: RelatedParts): RelatedCasesOf {
  const { db, policies } = parts;
  let kept: { at: number; shares: Promise<StemShares> } | null = null;
  const sharesAt = (now: Date): Promise<StemShares> => {
    const at = now.getTime();
    if (kept === null || Math.abs(at - kept.at) > shareCacheMs) {
      kept = { at, shares: stemShares(db) };
      kept.shares.catch(() => {
        kept = null;
      });
    }
    return kept.shares;
  };

  async function namesOf(a: RelatedAsked, setup: Setup, ids: readonly number[]): Promise<FoundCase[]> {
    const rows = await rowsOfCases(db, { ids, reach: caseReach(a.actor) });
    return shownCases(policies, {
      rows,
      setups: new Map([[setup.programme.code, setup]]),
      now: a.now,
      reader: a.actor,
    });
  }

  async function earlierOf(a: RelatedAsked, theCase: Case, setup: Setup): Promise<RelatedCases["earlier"]> {
    const subject = { case: theCase, entities: setup.entities };
    if (theCase.application.anonymous || !can(a.actor, "personal.read", subject)) return null;
    const ids = await casesOfSameApplicant(db, {
      caseId: theCase.id,
      personal: personalReach(a.actor),
      limit: maxCounted + 1,
    });
    return {
      total: Math.min(ids.length, maxCounted),
      more: ids.length > maxCounted,
      cases: (await namesOf(a, setup, ids.slice(0, maxEarlier))).map(shown),
    };
  }

  async function similarOf(a: RelatedAsked, theCase: Case, setup: Setup): Promise<SimilarCase[]> {
    const shares = await sharesAt(a.now);
    const { application } = theCase;
    const text = `${application.subject} ${application.description}`;
    const ours = stemSet(text);
    const stems = tellingStems(ours, shares, stemsAsked);
    if (stems.length === 0) return [];
    const rows = await similarCases(db, {
      caseId: theCase.id,
      programme: theCase.programme,
      entity: theCase.entity,
      sector: theCase.sector,
      stems: stems.map((stem) => ({ lexeme: quotedLexeme(stem), weight: stemWeight(stem, shares) })),
      rare: stems.filter((stem) => (shares.get(stem) ?? 0) < rareShare).map(quotedLexeme),
      reach: caseReach(a.actor),
      limit: maxWeighed,
    }).catch((error: unknown) => {
      // What is beside a case may be missing; the case itself is there.
      if (error instanceof TookTooLong) return [];
      throw error;
    });
    const floor = setup.programme.settings.similarFromPercent ?? programmes.columns.similarFromPercent.fallback;
    const near = rows
      .map(({ id, subject, description, receivedAt }) => {
        const theirs = stemSet(`${subject} ${description}`);
        return { id, theirs, receivedAt, share: likeness(ours, theirs, shares) };
      })
      .filter(({ id, share }) => inPercent(share) >= floor && id !== theCase.duplicateOf)
      .sort(
        (one, other) =>
          inPercent(other.share) - inPercent(one.share) ||
          other.receivedAt.getTime() - one.receivedAt.getTime() ||
          other.id - one.id,
      )
      .slice(0, maxSimilar);
    const names = await namesOf(
      a,
      setup,
      near.map(({ id }) => id),
    );
    return names.map((found): SimilarCase => {
      const { share = 0, theirs = new Set<string>() } = near.find(({ id }) => id === found.id) ?? {};
      const days = Math.abs(found.receivedAt.getTime() - application.receivedAt.getTime()) / dayMs;
      return {
        ...shown(found),
        share,
        words: sharedWords(text, theirs, shares, maxWords),
        likely: share >= likelyShare && days <= likelyDays,
      };
    });
  }

  return async (a) => {
    const reference = parseReference(a.reference);
    const loaded = reference === null ? null : await caseByReference(db, reference);
    if (loaded === null) throw caseNotShown();
    const { theCase } = loaded;
    const { setup } = await policies.fresh(theCase.programme);
    if (!can(a.actor, "case.read", { case: theCase, entities: setup.entities })) throw caseNotShown();
    const [earlier, similar] = await Promise.all([earlierOf(a, theCase, setup), similarOf(a, theCase, setup)]);
    return { earlier, similar };
  };
}
