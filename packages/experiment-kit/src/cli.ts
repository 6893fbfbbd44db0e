import { createRequire } from 'node:module';

import { takeOwnData } from './own-data';

// Where results go is settled when modules are loaded: own data must be known before.
process.exitCode = takeOwnData(process.argv, process.env);
if (process.exitCode === 0) createRequire(__filename)('./main');
