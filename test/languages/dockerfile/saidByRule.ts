import type { Profile } from '../../../server/src/rules/contract.ts';
import { exampleSnapshot, findingsOf } from '../../catalog/exampleWorkspace.ts';

/** What the rule says of a text, or of `FROM debian:12.8-slim` and these lines. */
export function saidByRule(rule: string, text: string, profile: Profile = 'strict'): string[] {
  const whole = /^(?:FROM|ARG|#)/m.test(text) && /^FROM/m.test(text) ? text : `FROM debian:12.8-slim\n${text}`;
  return findingsOf(exampleSnapshot([{ name: 'Dockerfile', text: whole }]), profile).flatMap((one) =>
    one.rule.id === `dockerfile/${rule}` ? one.finding.message : [],
  );
}
