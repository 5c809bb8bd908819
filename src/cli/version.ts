/** The version that `--version` and reports name. */
import manifest from '../../package.json' with { type: 'json' };

export const version = manifest.version;
