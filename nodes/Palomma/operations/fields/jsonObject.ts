import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { GivenValue, Setting } from './field';
import { problemWith } from './problems';

/** Characters. */
const longest = 20_000;

/** A JSON object, as a text or as an expression gives it. An empty text is an empty object. */
export function jsonObject(property: INodeProperties): Setting<IDataObject> {
	return {
		property,
		kind: 'JSON object',
		read(given) {
			const object = parsed(given);
			if (typeof object === 'object' && object !== null && !Array.isArray(object)) {
				return object as IDataObject;
			}
			throw problemWith(
				given,
				'is not a JSON object',
				'Write property names and values in braces, for example {"bank": "nequi"}.',
			);
		},
	};
}

function parsed({ value }: GivenValue): unknown {
	if (typeof value !== 'string') return value ?? {};
	if (value.trim() === '') return {};
	try {
		return value.length > longest ? undefined : (JSON.parse(value) as unknown);
	} catch {
		return undefined;
	}
}
