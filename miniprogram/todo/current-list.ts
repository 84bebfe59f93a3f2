import { TodoList } from './todo-list';

let list: TodoList | undefined;

/** The list of a user: the same object as long as it is the same user. */
export function listOf(userId: string): TodoList {
  if (list?.userId !== userId) list = new TodoList(userId);
  return list;
}
