"""The API of projects of the participatory budget."""

from contracts import ideas as calls

from gateway.api.routes import ApiRoute, Auth

PROJECTS = "projects"
AGENT = Auth.AGENT

API = (
    ApiRoute("GET", "/projects", calls.LIST_PROJECTS, PROJECTS, "The projects of a campaign", cache=10),
    ApiRoute("GET", "/project-map", calls.MAP_PROJECTS, PROJECTS, "Where they are", cache=30),
    ApiRoute("GET", "/projects/{project}", calls.READ_PROJECT, PROJECTS, "A project", cache=5),
    ApiRoute("GET", "/desk/ungrouped-ideas", calls.LIST_UNGROUPED, PROJECTS, "Ideas without a project", auth=AGENT),
    ApiRoute("PUT", "/desk/projects/{idea_id}", calls.SAVE_PROJECT, PROJECTS, "Make or change one", auth=AGENT),
    ApiRoute("POST", "/desk/projects/{idea_id}/decision", calls.SETTLE_PROJECT, PROJECTS, "The commission", auth=AGENT),
    ApiRoute(
        "PUT",
        "/desk/projects/{idea_id}/incompatible/{other}",
        calls.DECLARE_INCOMPATIBLE,
        PROJECTS,
        "Projects that exclude one another",
        auth=AGENT,
    ),
    ApiRoute("POST", "/desk/campaigns/{year}/ballot", calls.FREEZE_BALLOT, PROJECTS, "Freeze the lists", auth=AGENT),
    ApiRoute(
        "POST",
        "/desk/projects/{idea_id}/result",
        calls.ENTER_RESULT,
        PROJECTS,
        "Enter the result of a vote held elsewhere",
        auth=AGENT,
    ),
    ApiRoute("GET", "/campaigns/{year}/works", calls.READ_WORKS, PROJECTS, "The works, added up", cache=30),
    ApiRoute("POST", "/desk/projects/{idea_id}/works", calls.RECORD_WORKS, PROJECTS, "What became of it", auth=AGENT),
    ApiRoute(
        "POST", "/desk/projects/{idea_id}/dissolution", calls.DISSOLVE_PROJECT, PROJECTS, "Take it apart", auth=AGENT
    ),
)
