import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

/**
 * A stage that is fixed to one platform makes the image wrong for every other one. A stage whose name says its platform
 * was meant to be fixed.
 */
export const rule = defineDockerfileRule({
  id: 'dockerfile/platform-constant',
  severity: 'information',
  profile: 'recommended',
  equivalents: ['hadolint:DL3029', 'buildkit:FromPlatformFlagConstDisallowed', 'kics:using_platform_with_from'],
  *check(file) {
    for (const { instruction, name } of file.stages) {
      const flag = instruction.flags.find((candidate) => candidate.name === 'platform');
      const value = flag?.value;
      if (!flag?.valueSpan || value === undefined || value === '' || value.includes('$')) continue;
      const [system, architecture] = value.split('/');
      const saysSo = [system, architecture].some((part) => part !== undefined && part !== '' && name?.includes(part));
      if (saysSo) continue;
      yield { at: placeOf(file, flag.valueSpan), message: `This stage is ${value} whatever platform is built for.` };
    }
  },
});
