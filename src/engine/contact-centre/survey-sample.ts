/** Which applicants are asked by telephone how satisfied they are: a sample that a second run draws again. */

import { sampleBucketOf } from "../rules/sample-bucket.js";
import { msg } from "../text/msg.js";

/** What an agent says before the questions, where the programme has no words of its own. */
export const defaultSurveyScript = msg("contact-centre.survey.script");

export const defaultSurvey = { percent: 0, days: 3 };

/** As a programme sets it. */
export interface SurveyPolicy {
  /** Of the cases that qualify. */
  readonly percent: number;
  /** Calendar days after the answer took effect. */
  readonly days: number;
}

/** What a programme's settings say, and where they say nothing as we ship it. */
export const surveyPolicy = (settings: {
  readonly surveyPercent?: number | undefined;
  readonly surveyDays?: number | undefined;
}): SurveyPolicy => ({
  percent: settings.surveyPercent ?? defaultSurvey.percent,
  days: settings.surveyDays ?? defaultSurvey.days,
});

/** Whether this case is drawn. Another draw than that of quality review: who is reviewed is not asked more often. */
export const isSurveyed = (caseId: number, percent: number): boolean => sampleBucketOf(`survey/${caseId}`) < percent;
