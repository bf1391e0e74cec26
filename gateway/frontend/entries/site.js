/* Small comforts of every page. Each works on what the server wrote and is never needed to act. */
import { countDown } from "../scripts/count-down.js";
import { share } from "../scripts/share.js";
import { focusErrors } from "../scripts/errors.js";
import { closeMenu } from "../scripts/menu.js";
import { spending } from "../scripts/spending.js";

countDown(document);
share(document);
focusErrors(document);
closeMenu(document);
spending(document);
