# 指摘と是正

act-finding-raised = 指摘
