import type { Profile, Severity } from '../rules/contract.ts';

/** The severity of rules by id, pattern, group, glob or `*`. */
export type RuleChoices = Readonly<Record<string, Severity | 'off'>>;

/** What may be said for all files of a folder, or for some of them. */
export interface FileSettings {
  readonly profile?: Profile;
  /** As written: `1.31`. */
  readonly kubernetesVersion?: string;
  readonly rules?: RuleChoices;
  readonly policies?: Policies;
}

export interface Override extends FileSettings {
  readonly paths: readonly string[];
}

export interface AcceptedFindings {
  readonly rules: readonly string[];
  readonly paths?: readonly string[];
  readonly resources?: readonly string[];
  readonly reason: string;
}

/** One `slipway.yaml`, as `schemas/slipway.schema.json` describes it. */
export interface Configuration extends FileSettings {
  readonly root?: boolean;
  readonly exclude?: readonly string[];
  readonly overrides?: readonly Override[];
  readonly suppressions?: readonly AcceptedFindings[];
  readonly protectedContexts?: readonly string[];
}

export interface RequiredKey {
  readonly key: string;
  readonly kinds?: readonly string[];
  /** A regular expression for the whole value. */
  readonly pattern?: string;
}

export interface ForbiddenKey {
  readonly key: string;
  readonly kinds?: readonly string[];
}

export interface KeyPolicy {
  readonly required?: readonly RequiredKey[];
  readonly allowed?: readonly string[];
  readonly forbidden?: readonly ForbiddenKey[];
}

export interface ResourcePolicy {
  readonly minimumRequest?: string | number;
  readonly maximumRequest?: string | number;
  readonly minimumLimit?: string | number;
  readonly maximumLimit?: string | number;
  readonly maximumRatio?: number;
  readonly forbidLimit?: boolean;
}

export type LabelFormat = 'text' | 'url' | 'semver' | 'rfc3339' | 'spdx' | 'hash' | 'email';

/** What the organisation demands. What is absent is not demanded. */
export interface Policies {
  readonly images?: {
    readonly allowedRegistries?: readonly string[];
    readonly deniedRegistries?: readonly string[];
    readonly pullSecrets?: readonly string[];
  };
  readonly dockerfile?: {
    readonly baseRegistries?: readonly string[];
    readonly labels?: Readonly<Record<string, LabelFormat>>;
    readonly strictLabels?: boolean;
  };
  readonly labels?: KeyPolicy;
  readonly annotations?: KeyPolicy;
  readonly kinds?: { readonly forbidden?: readonly string[] };
  readonly pods?: {
    readonly maxContainers?: number;
    readonly requirePriorityClass?: boolean;
    readonly allowedPriorityClasses?: readonly string[];
    readonly requireRuntimeClass?: boolean;
    readonly allowedRuntimeClasses?: readonly string[];
    readonly requiredNodeLabels?: readonly string[];
    readonly allowedNodeLabels?: readonly string[];
    readonly forbidControlPlane?: boolean;
    readonly forbidEphemeralContainers?: boolean;
    readonly forbidExecProbes?: boolean;
    readonly forbidProbeHosts?: boolean;
  };
  readonly resources?: { readonly cpu?: ResourcePolicy; readonly memory?: ResourcePolicy };
  readonly services?: { readonly minimumPort?: number; readonly maximumPort?: number };
  readonly ingress?: { readonly allowedClasses?: readonly string[] };
  readonly certificates?: {
    readonly maxDnsNames?: number;
    readonly maxDuration?: string;
    readonly allowedIssuers?: readonly string[];
  };
  readonly storage?: { readonly requireClass?: boolean; readonly allowedClasses?: readonly string[] };
  readonly secrets?: { readonly allowedNames?: readonly string[]; readonly requireExternalStore?: boolean };
  readonly flux?: { readonly allowedSources?: readonly string[]; readonly requireVerification?: boolean };
  readonly terraform?: { readonly requiredTags?: readonly string[] };
}
