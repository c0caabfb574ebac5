import { follow } from './follow.ts';
import { voting } from './voting.ts';

follow(voting);
