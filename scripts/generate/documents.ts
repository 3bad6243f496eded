import { coverage, coverageFile } from './coverage';
import { reference, referenceFile } from './reference';
import { writeOrCheck } from './generated';

const made = new Map([
	[referenceFile, reference()],
	[coverageFile, coverage()],
]);

/** `npm run docs:reference` makes what the documents say from the package itself. With `--check` it only looks. */
writeOrCheck(made, [], 'docs:reference').catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
