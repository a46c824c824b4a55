import type { Language } from './language.ts';
import { yamlLanguage } from './yaml/yamlLanguage.ts';

/** Every language that Slipway reads; the first that claims a file has it. */
export const LANGUAGES: readonly Language[] = [yamlLanguage as Language];
