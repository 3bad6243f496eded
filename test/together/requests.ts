import { runTogether } from '../support/together';

runTogether('requests');
