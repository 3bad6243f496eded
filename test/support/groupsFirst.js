'use strict';

const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * Begins with what takes longest: with the groups of test/together. jest knows how long a file took the last time; of a
 * file that it has never run, it knows the size only, and theirs is three lines.
 */
module.exports = class GroupsFirst extends Sequencer {
	sort(tests) {
		const sorted = super.sort(tests);
		const isGroup = ({ path }) => /[\\/]test[\\/]together[\\/]/.test(path);
		return [...sorted.filter(isGroup), ...sorted.filter((test) => !isGroup(test))];
	}
};
