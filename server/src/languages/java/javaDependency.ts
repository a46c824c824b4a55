import type { Place } from '../../text/sourceNode.ts';

/** A library that a build of Maven or Gradle asks for. */
export interface JavaDependency {
  /** `org.postgresql`. */
  readonly group: string;
  /** `postgresql`. */
  readonly artifact: string;
  /** Undefined where a parent, a platform or a plugin chooses it. */
  readonly version: string | undefined;
  /** `compile`, `runtime`, `test`, `provided` as Maven says; configurations of Gradle are told by the same words. */
  readonly scope: string;
  readonly at: Place;
}

/** What a build file says of the application that it builds. */
export interface JavaBuild {
  readonly dependencies: readonly JavaDependency[];
  /** Accessors of a version catalog that stand for dependencies: `libs.spring.boot.starter.data.jpa`. */
  readonly catalogUses: readonly { readonly accessor: string; readonly scope: string; readonly at: Place }[];
  /** Ids of plugins, with the place where each is applied. */
  readonly plugins: readonly { readonly id: string; readonly version: string | undefined; readonly at: Place }[];
  /** Coordinates that dependencies without a version may inherit from; those of a Maven parent. */
  readonly parent: JavaDependency | undefined;
  /** More may be asked for than was read: a parent of the project's own, a script, a convention plugin. */
  readonly open: boolean;
}
