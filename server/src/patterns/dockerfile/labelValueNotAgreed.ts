import semver from 'semver';
import type { LabelFormat } from '../../configuration/configuration.ts';
import { variableScopes } from '../../languages/dockerfile/stageRuns.ts';
import { demandOf } from '../../rules/parts/policies.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';
import { isLicenceExpression } from './licenceExpression.ts';

interface AgreedFormat {
  readonly noun: string;
  accepts(text: string): boolean;
}

const TIME =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])[Tt ](?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/;

const FORMATS: Readonly<Record<LabelFormat, AgreedFormat>> = {
  text: { noun: 'a text', accepts: (text) => text.trim() !== '' },
  url: { noun: 'an address such as https://example.com', accepts: (text) => /^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(text) },
  semver: {
    noun: 'a version such as 1.4.2',
    accepts: (text) => /^\d/.test(text) && semver.valid(text) !== null,
  },
  rfc3339: { noun: 'a time such as 2026-01-31T12:00:00Z', accepts: (text) => TIME.test(text) },
  spdx: { noun: 'a licence expression such as Apache-2.0', accepts: isLicenceExpression },
  hash: { noun: 'a Git commit', accepts: (text) => /^(?:[0-9a-f]{7}|[0-9a-f]{40}|[0-9a-f]{64})$/.test(text) },
  email: {
    noun: 'an address such as team@example.com',
    accepts: (text) => /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]+$/.test(text),
  },
};

/** A label is of use to programs that can read it: `policies.dockerfile.labels` of slipway.yaml. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/label-value-not-agreed',
  severity: 'warning',
  profile: 'recommended',
  equivalents: [
    'hadolint:DL3051',
    'hadolint:DL3052',
    'hadolint:DL3053',
    'hadolint:DL3054',
    'hadolint:DL3055',
    'hadolint:DL3056',
    'hadolint:DL3058',
  ],
  *check(file, resource, graph) {
    const demand = demandOf(resource, graph, 'dockerfile');
    const agreed = demand?.policy.labels;
    if (!demand || !agreed) return;
    for (const instruction of file.instructions) {
      if (instruction.keyword !== 'LABEL') continue;
      for (const { name, value } of instruction.assignments) {
        const format = Object.hasOwn(agreed, name) ? FORMATS[agreed[name]!] : undefined;
        const text = value && variableScopes(file).expand(value, instruction).value;
        if (!format || !value || text === undefined || format.accepts(text)) continue;
        yield {
          at: placeOf(file, value.span),
          message: text === '' ? `The label ${name} is empty.` : `The label ${name} is ${format.noun}, not "${text}".`,
          ...demand.because('labels', name),
        };
      }
    }
  },
});
