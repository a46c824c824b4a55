import { dutyRule } from './dutyRule.ts';
import { limitsOf } from './entries.ts';

/** One caller alone can send so much that nobody else is served. */
export const rule = dutyRule(
  'api-gateway/route-without-rate-limit',
  'Nothing here bounds how many requests a caller from outside sends to',
  limitsOf,
);
