'use strict';

const config = require('./jest.config');

/**
 * For `npm test`: the files of each folder of test/engine share an n8n, which takes a third less time.
 *
 * @type {import('jest').Config}
 */
module.exports = {
	...config,
	testMatch: [
		'<rootDir>/test/together/*.ts',
		'<rootDir>/test/{engine/alone,faults,contract,package,trigger,documents,stand-ins}/**/*.test.ts',
	],
};
