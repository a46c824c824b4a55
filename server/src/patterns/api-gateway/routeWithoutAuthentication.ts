import { dutyRule } from './dutyRule.ts';
import { authenticationOf } from './entries.ts';

/** Whoever reaches the gateway reaches the Services behind it. */
export const rule = dutyRule(
  'api-gateway/route-without-authentication',
  'Nothing here asks callers from outside who they are before they reach',
  authenticationOf,
);
