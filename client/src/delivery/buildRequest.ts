/** Where a build secret comes from. The value itself is read by the build and never passes through Slipway. */
export type SecretSource =
  | { readonly id: string; readonly file: string }
  | { readonly id: string; readonly environmentVariable: string };

/** Everything that a build is told. Paths are absolute. */
export interface BuildRequest {
  /** The reference that the image gets. */
  readonly reference: string;
  readonly moreTags?: readonly string[];
  readonly contextFolder: string;
  readonly dockerfile: string;
  readonly target?: string;
  readonly buildArguments?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly secrets?: readonly SecretSource[];
  /** As for `--ssh`: `default` or `id=socket`. */
  readonly ssh?: readonly string[];
  /** More than one platform can only be built straight into a registry. */
  readonly platforms?: readonly string[];
  /** The name of a buildx builder, such as one on Kubernetes; the engine's own BuildKit when absent. */
  readonly builder?: string;
  readonly cacheFrom?: readonly string[];
  readonly cacheTo?: readonly string[];
  readonly noCache?: boolean;
  /** Always asks the registry for newer base images. */
  readonly pull?: boolean;
  /** Where the image goes: to the engine's store, or straight to the registry. */
  readonly output: 'engine' | 'registry';
}

/** What a build left behind. */
export interface BuiltImage {
  readonly reference: string;
  /** The image's id in the engine, empty when it went straight to a registry. */
  readonly id: string;
  /** The digest in the registry, when it was pushed by the build. */
  readonly digest: string | undefined;
  readonly cachedSteps: number;
  readonly steps: number;
}
