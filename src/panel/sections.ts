/** The page's sections and their titles, in their order. */
import type { Translate } from './words.ts';

export const sectionIds = [
  'error',
  'here',
  'team',
  'meaning',
  'text',
  'why',
  'causes',
  'code',
  'limits',
  'simulator',
  'detection',
  'workaround',
  'prevention',
  'kinds',
  'versions',
  'sources',
] as const;
export type SectionId = (typeof sectionIds)[number];

export function sectionTitles(t: Translate): Readonly<Record<SectionId, string>> {
  return {
    error: t('This error'),
    here: t('This call'),
    team: t('The team’s notes'),
    meaning: t('What the error means'),
    text: t('The error’s text'),
    why: t('Why it happens'),
    causes: t('Causes and fixes'),
    code: t('Broken and fixed'),
    limits: t('Your limits'),
    simulator: t('Simulator'),
    detection: t('Detection'),
    workaround: t('Workaround'),
    prevention: t('Prevention'),
    kinds: t('Kinds of limits'),
    versions: t('SDK versions'),
    sources: t('Sources'),
  };
}
