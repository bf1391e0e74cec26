"""The API of consultations: reading, answering, results, and the agents' desk."""

from contracts import consultations as calls

from gateway.api.routes import ApiRoute, Auth

CONSULTATIONS, ANSWERS, RESULTS, DESK = "consultations", "answers", "results", "consultations desk"
CITIZEN, AGENT = Auth.CITIZEN, Auth.AGENT
ONE = "/consultations/{consultation_id}"
AT_DESK = "/desk/consultations/{consultation_id}"

READING = (
    ApiRoute("GET", "/consultations", calls.LIST_CONSULTATIONS, CONSULTATIONS, "List consultations", cache=10),
    ApiRoute("GET", "/consultations/{consultation}", calls.READ_CONSULTATION, CONSULTATIONS, "A consultation", cache=5),
    ApiRoute("GET", f"{ONE}/results", calls.READ_RESULTS, RESULTS, "The counted answers", cache=10),
    ApiRoute("GET", f"{ONE}/texts/{{question}}", calls.LIST_TEXTS, RESULTS, "Texts given to a question", cache=10),
    ApiRoute("GET", f"{ONE}/crossing", calls.CROSS_QUESTIONS, RESULTS, "Two questions crossed", cache=10),
)
ANSWERING = (
    ApiRoute("GET", f"{ONE}/my-answer", calls.READ_MY_ANSWER, ANSWERS, "My answer and draft", auth=CITIZEN),
    ApiRoute("PATCH", f"{ONE}/my-draft", calls.SAVE_DRAFT, ANSWERS, "Keep what was typed so far", auth=CITIZEN),
    ApiRoute("PUT", f"{ONE}/my-answer", calls.SUBMIT_ANSWER, ANSWERS, "Give or replace my answer", auth=CITIZEN),
    ApiRoute("DELETE", f"{ONE}/my-answer", calls.WITHDRAW_ANSWER, ANSWERS, "Take my answer back", auth=CITIZEN),
    ApiRoute("GET", "/me/consultation-answers", calls.LIST_MY_ANSWERS, ANSWERS, "What I answered", auth=CITIZEN),
)
AT_THE_DESK = (
    ApiRoute("GET", "/desk/consultations", calls.LIST_DESK_CONSULTATIONS, DESK, "Those I manage", auth=AGENT),
    ApiRoute(
        "POST",
        "/desk/consultations",
        calls.CREATE_CONSULTATION,
        DESK,
        "Begin a consultation",
        auth=AGENT,
        status=201,
        new_id="id",
        location="/desk/consultations/{id}",
    ),
    ApiRoute("GET", AT_DESK, calls.READ_DESK_CONSULTATION, DESK, "A consultation at the desk", auth=AGENT),
    ApiRoute("PUT", f"{AT_DESK}/details", calls.EDIT_CONSULTATION, DESK, "Change what is said of it", auth=AGENT),
    ApiRoute("PUT", f"{AT_DESK}/form", calls.SAVE_FORM, DESK, "Write the next version of the form", auth=AGENT),
    ApiRoute("POST", f"{AT_DESK}/publication", calls.PUBLISH_CONSULTATION, DESK, "Publish the form", auth=AGENT),
    ApiRoute("POST", f"{AT_DESK}/closing", calls.CLOSE_CONSULTATION, DESK, "Close before the time", auth=AGENT),
    ApiRoute(
        "POST",
        f"{AT_DESK}/exports",
        calls.BEGIN_EXPORT,
        DESK,
        "Ask for every answer, with a reason that is kept",
        auth=AGENT,
        status=201,
        new_id="id",
        location="/desk/consultation-exports/{id}",
    ),
    ApiRoute("GET", "/desk/consultation-exports/{export_id}", calls.READ_EXPORT, DESK, "Read an export", auth=AGENT),
)
API = (*READING, *ANSWERING, *AT_THE_DESK)
