import { APP_SETTINGS } from '../../languages/dotnet/appSettingsLanguage.ts';
import { connectionValue, HOST_KEYS, readConnectionString } from '../../languages/dotnet/connectionString.ts';
import { defineRule } from '../../rules/contract.ts';

const LOCAL = /^(?:tcp:)?(?:localhost|127\.|\[?::1|\.|\(local|host\.docker\.internal)/i;

/** Who reads the sources or the image reads the password, and it cannot be changed without a new image. */
export const rule = defineRule({
  id: 'aspire-efcore/password-in-settings',
  severity: 'warning',
  profile: 'recommended',
  types: [APP_SETTINGS],
  *check({ root }) {
    for (const entry of root.find('ConnectionStrings')?.entries ?? []) {
      const settings = readConnectionString(entry.text() ?? '');
      const password = settings && connectionValue(settings, 'password', 'pwd');
      const host = settings && connectionValue(settings, ...HOST_KEYS)?.value;
      if (!password?.value || !host || LOCAL.test(host) || /^[#$<{].*[>}#]?$/.test(password.value)) continue;
      yield {
        at: entry,
        message: `The connection string ${entry.key} carries the password of ${host}, and so does every image: read it from a mounted Secret.`,
      };
    }
  },
});
