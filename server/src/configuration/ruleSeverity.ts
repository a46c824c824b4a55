import type { Severity } from '../rules/contract.ts';
import type { RuleChoices } from './configuration.ts';
import { matchesGlob } from './glob.ts';

/** Whether a key of `rules` speaks of a rule: its id, its pattern or group, a glob over either, or `*`. */
export function namesRule(key: string, ruleId: string): boolean {
  if (key === '*' || key === ruleId || ruleId.startsWith(`${key}/`)) return true;
  if (!/[*?[{]/.test(key)) return false;
  return matchesGlob(key, key.includes('/') ? ruleId : ruleId.slice(0, ruleId.indexOf('/')));
}

/** The severity that these choices give a rule: of several keys that speak of it the most exact one counts. */
export function ruleSeverity(choices: RuleChoices, ruleId: string): Severity | 'off' | undefined {
  const own = Object.hasOwn(choices, ruleId) ? choices[ruleId] : undefined;
  if (own !== undefined) return own;
  let best: string | undefined;
  for (const key of Object.keys(choices)) {
    if (!namesRule(key, ruleId)) continue;
    if (best === undefined || exactness(key) > exactness(best)) best = key;
  }
  return best === undefined ? undefined : choices[best];
}

/** Names of a pattern come before globs, longer globs before shorter ones, and `*` last. */
function exactness(key: string): number {
  const isPlain = !/[*?[{]/.test(key);
  const hasRule = key.includes('/') ? 2000 : 0;
  return hasRule + (isPlain ? 1000 : 0) + Math.min(key.replace(/[*?]/g, '').length, 999);
}
