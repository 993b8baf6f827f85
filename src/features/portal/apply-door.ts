/** An application that is being typed: the draft that this browser began, its files and its addresses. */
import type { Request, Response } from "express";
import type { ApplicationDraft } from "../../engine/applicant/application-drafts.js";
import type { Setup } from "../../engine/setup/setup.js";
import type { Language } from "../../engine/text/text.js";
import { askedFrom } from "../../platform/http/body-places.js";
import { readCookie } from "../../platform/http/cookies.js";
import { isInput } from "./draft-input.js";
import type { PortalDoor } from "./portal-door.js";
import type { PortalTexts } from "./portal-texts.js";
import { namesIn, typedIn } from "./read-post.js";
import { showExpired } from "./show-problem.js";

export interface OpenedDraft {
  readonly draft: ApplicationDraft;
  readonly setup: Setup;
  readonly token: string;
  /** The address that is asked from now. */
  readonly from: string;
  readonly now: Date;
}

export interface ApplyDoor {
  readonly door: PortalDoor;
  readonly language: Language;
  readonly texts: PortalTexts;
  say(key: string, values?: Record<string, string | number>): string;
  /** A page of a draft. */
  at(id: string, page: string): string;
  /** The draft that an address names, when this browser began it; otherwise says that it is gone, and gives back what was sent. */
  opened(request: Request, response: Response): Promise<OpenedDraft | null>;
}

/** Whatever a page typed, under names that pages have. */
export function keptOf(request: Request): Record<string, string> {
  return Object.fromEntries(
    namesIn(request)
      .filter(isInput)
      .map((name) => [name, typedIn(request, name)]),
  );
}

/** For whom files of a draft wait. */
export const ownerOf = ({ draft, from }: OpenedDraft) =>
  ({ kind: "draft", programme: draft.programme, draft: draft.filesToken, from }) as const;

export function createApplyDoor(door: PortalDoor, language: Language): ApplyDoor {
  const { services, views } = door;
  const { texts } = views;
  return {
    door,
    language,
    texts,
    say: (key, values) => texts.say(language, key, values),
    at: (id, page) => `/${language}/apply/${id}/${page}`,
    async opened(request, response) {
      const now = services.now();
      const token = readCookie(request, door.cookies.draft) ?? "";
      const draft = await services.publicPages.drafts.open({ id: String(request.params.id), token, now });
      if (draft !== null) {
        const setup = await services.publicPages.setupOf(draft.programme);
        return { draft, setup, token, from: askedFrom(request), now };
      }
      const [first] = await services.publicPages.programmes();
      showExpired(door, request, response, {
        language,
        kept: first === undefined ? null : { programme: first.programme.code, typed: keptOf(request) },
      });
      return null;
    },
  };
}
