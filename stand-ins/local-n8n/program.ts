import { Obstacle } from './cache';
import { endWithNpm } from './childProcess';

/** Runs a program, and ends with it, or with npm, which started it. What is in its way is said without a stack. */
export function runProgram(main: () => Promise<void>): void {
	endWithNpm();
	main().then(
		() => process.exit(),
		(error: unknown) => {
			console.error(error instanceof Obstacle ? error.message : error);
			process.exit(1);
		},
	);
}
