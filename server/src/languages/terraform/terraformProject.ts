import { attributeIn, plainText, type TerraformDeclaration, type TerraformModule } from './terraformModule.ts';

/** The modules of a workspace and which of them calls which. */
export interface TerraformProject {
  readonly modules: readonly TerraformModule[];
  /** The module of a folder. */
  moduleAt(folder: string): TerraformModule | undefined;
  /** The module that a `module` block calls, when it is among the modules. */
  calledBy(call: TerraformDeclaration): TerraformModule | undefined;
  /** The `module` blocks that call a module, with the modules in which they stand. */
  callersOf(
    module: TerraformModule,
  ): readonly { readonly module: TerraformModule; readonly call: TerraformDeclaration }[];
}

/**
 * Connects modules. `installed` answers the folder of a module that comes from elsewhere and was downloaded, as
 * `.terraform/modules/modules.json` says; without it only local paths are followed.
 */
export function projectOf(
  modules: readonly TerraformModule[],
  installed: (call: TerraformDeclaration) => string | undefined = () => undefined,
): TerraformProject {
  const byFolder = new Map(modules.map((module) => [module.folder, module]));
  const calledBy = (call: TerraformDeclaration): TerraformModule | undefined => {
    const folder = calledFolder(call) ?? installed(call);
    return folder === undefined ? undefined : byFolder.get(folder);
  };
  const callers = new Map<TerraformModule, { module: TerraformModule; call: TerraformDeclaration }[]>();
  for (const module of modules) {
    for (const call of module.declarations) {
      const called = call.kind === 'module' ? calledBy(call) : undefined;
      if (called) callers.set(called, [...(callers.get(called) ?? []), { module, call }]);
    }
  }
  return {
    modules,
    moduleAt: (folder) => byFolder.get(folder),
    calledBy,
    callersOf: (module) => callers.get(module) ?? [],
  };
}

/** URI of the folder that a local `source` (`./network`, `../shared`) names; undefined for other sources. */
export function calledFolder(call: TerraformDeclaration): string | undefined {
  if (call.node.kind !== 'block') return undefined;
  const source = plainText(attributeIn(call.node.body, 'source')?.value);
  if (source === undefined || !/^\.\.?(\/|$)/.test(source)) return undefined;
  const { uri } = call.file.source;
  try {
    return new URL(source, uri).href.replace(/\/$/, '');
  } catch {
    // The file's own URI has no folders (`untitled:`), so a relative path means nothing.
    return undefined;
  }
}
